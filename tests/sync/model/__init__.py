"""A deterministic model of the offline-sync protocol: server, phones, network and faults, driven by one seed.

Read it in this order: `wire` (what travels), `server`, `client` (and its `stores`), `handlers` (the toy
business of both), `events`, `network`, `world` (what can happen), `chance` (days by chance) and `scenarios`
(how often what happens), `scripts` (stories), `oracle` (what must hold), `bugs` (classic mistakes as switches),
`trace` (export for the phone's core). Photos, login, wipe and schema changes are not modelled.
"""

"""A deterministic model of the offline-sync protocol: server, phones, network and faults, driven by one seed.

Read it in this order: `wire` (what travels), `server`, `client`, `handlers` (the toy business of both),
`network`, `world` (what may happen), `oracle` (what must hold), `bugs` (classic mistakes as switches),
`scenarios` (how often what happens), `scripts` (stories), `trace` (export for the phone's core).
Photos, login, wipe and schema changes are not modelled.
"""

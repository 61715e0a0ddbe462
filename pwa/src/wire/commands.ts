// Written by `roundsman wire` from the server's code; never edited.

import type { components } from './api'

/** What each command is sent with. */
export interface Payloads {
  'agents.approve': components['schemas']['ApproveAgent']
  'agents.ask_upgrade': components['schemas']['AskUpgrade']
  'agents.decide_upgrade': components['schemas']['DecideUpgrade']
  'agents.end': components['schemas']['EndAgent']
  'agents.invite': components['schemas']['Invite']
  'agents.move_upline': components['schemas']['MoveUpline']
  'agents.refuse': components['schemas']['RefuseAgent']
  'agents.revoke_invitation': components['schemas']['RevokeInvitation']
  'agents.set_level': components['schemas']['SetAgentLevel']
  'agents.set_profile': components['schemas']['SetProfile']
  'customers.add': components['schemas']['AddCustomer']
  'customers.archive': components['schemas']['ArchiveCustomer']
  'customers.ask_pin': components['schemas']['AskPin']
  'customers.assign': components['schemas']['AssignCustomer']
  'customers.decide_pin': components['schemas']['DecidePin']
  'customers.edit': components['schemas']['EditCustomer']
  'customers.import_rows': components['schemas']['ImportRows']
  'customers.remove_contact': components['schemas']['RemoveContact']
  'customers.set_class': components['schemas']['SetClass']
  'customers.set_contact': components['schemas']['SetContact']
  'customers.set_level': components['schemas']['SetLevel']
  'customers.set_price_level': components['schemas']['SetPriceLevel']
  'identity.add_person': components['schemas']['AddPerson']
  'identity.add_territory': components['schemas']['AddTerritory']
  'identity.assign': components['schemas']['Assign']
  'identity.change_password': components['schemas']['ChangePassword']
  'identity.deactivate_person': components['schemas']['DeactivatePerson']
  'identity.edit_person': components['schemas']['EditPerson']
  'identity.edit_territory': components['schemas']['EditTerritory']
  'identity.move_territory': components['schemas']['MoveTerritory']
  'identity.reactivate_person': components['schemas']['ReactivatePerson']
  'identity.revoke_replica': components['schemas']['RevokeReplica']
  'identity.set_password': components['schemas']['SetPassword']
  'identity.unassign': components['schemas']['Unassign']
  'identity.wipe_replica': components['schemas']['WipeReplica']
  'sync.reject_quarantined': components['schemas']['RejectQuarantined']
  'sync.replay_quarantined': components['schemas']['ReplayQuarantined']
  'visits.arrange_stops': components['schemas']['ArrangeStops']
  'visits.check_in': components['schemas']['CheckIn']
  'visits.check_out': components['schemas']['CheckOut']
  'visits.end_route': components['schemas']['EndRoute']
  'visits.plan_route': components['schemas']['PlanRoute']
  'visits.record_step': components['schemas']['RecordStep']
  'visits.set_holidays': components['schemas']['SetHolidays']
  'visits.set_steps': components['schemas']['SetSteps']
  'visits.skip': components['schemas']['SkipVisit']
  'visits.skip_step': components['schemas']['SkipStep']
}

/** What each command answers. */
export interface Answers {
  'agents.approve': null
  'agents.ask_upgrade': null
  'agents.decide_upgrade': null
  'agents.end': null
  'agents.invite': null
  'agents.move_upline': null
  'agents.refuse': null
  'agents.revoke_invitation': null
  'agents.set_level': null
  'agents.set_profile': null
  'customers.add': components['schemas']['Added']
  'customers.archive': null
  'customers.ask_pin': components['schemas']['PinAsked']
  'customers.assign': null
  'customers.decide_pin': null
  'customers.edit': components['schemas']['Edited']
  'customers.import_rows': components['schemas']['Imported']
  'customers.remove_contact': null
  'customers.set_class': null
  'customers.set_contact': null
  'customers.set_level': null
  'customers.set_price_level': null
  'identity.add_person': null
  'identity.add_territory': null
  'identity.assign': null
  'identity.change_password': null
  'identity.deactivate_person': null
  'identity.edit_person': null
  'identity.edit_territory': null
  'identity.move_territory': null
  'identity.reactivate_person': null
  'identity.revoke_replica': null
  'identity.set_password': null
  'identity.unassign': null
  'identity.wipe_replica': null
  'sync.reject_quarantined': null
  'sync.replay_quarantined': components['schemas']['Replayed']
  'visits.arrange_stops': null
  'visits.check_in': components['schemas']['CheckedIn']
  'visits.check_out': components['schemas']['CheckedOut']
  'visits.end_route': null
  'visits.plan_route': null
  'visits.record_step': null
  'visits.set_holidays': null
  'visits.set_steps': null
  'visits.skip': null
  'visits.skip_step': null
}

export type CommandName = keyof Payloads

export const COMMAND_VERSIONS: Readonly<Record<CommandName, number>> = {
  'agents.approve': 1,
  'agents.ask_upgrade': 1,
  'agents.decide_upgrade': 1,
  'agents.end': 1,
  'agents.invite': 1,
  'agents.move_upline': 1,
  'agents.refuse': 1,
  'agents.revoke_invitation': 1,
  'agents.set_level': 1,
  'agents.set_profile': 1,
  'customers.add': 1,
  'customers.archive': 1,
  'customers.ask_pin': 1,
  'customers.assign': 1,
  'customers.decide_pin': 1,
  'customers.edit': 1,
  'customers.import_rows': 1,
  'customers.remove_contact': 1,
  'customers.set_class': 1,
  'customers.set_contact': 1,
  'customers.set_level': 1,
  'customers.set_price_level': 1,
  'identity.add_person': 1,
  'identity.add_territory': 1,
  'identity.assign': 1,
  'identity.change_password': 1,
  'identity.deactivate_person': 1,
  'identity.edit_person': 1,
  'identity.edit_territory': 1,
  'identity.move_territory': 1,
  'identity.reactivate_person': 1,
  'identity.revoke_replica': 1,
  'identity.set_password': 1,
  'identity.unassign': 1,
  'identity.wipe_replica': 1,
  'sync.reject_quarantined': 1,
  'sync.replay_quarantined': 1,
  'visits.arrange_stops': 1,
  'visits.check_in': 1,
  'visits.check_out': 1,
  'visits.end_route': 1,
  'visits.plan_route': 1,
  'visits.record_step': 1,
  'visits.set_holidays': 1,
  'visits.set_steps': 1,
  'visits.skip': 1,
  'visits.skip_step': 1,
}

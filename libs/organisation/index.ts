export { applyUnitRows } from './apply-unit-rows.js';
export type { OrganisationErrorCode, OrganisationProblemCode } from './errors.js';
export { FundingSource, type FundingLevel } from './funding-source.entity.js';
export { InspectionTeam, TeamArea } from './inspection-team.entity.js';
export { OrganisationModule } from './organisation.module.js';
export { moveArea, type AreaMove } from './team-areas.js';
export { addTeam, changeTeam, teamsOverview, type AreaRow, type TeamsOverview, type TeamView } from './teams.js';
export { Place } from './place.entity.js';
export { Reorganisation, UnitSuccession, type ReorganisationState } from './reorganisation.entity.js';
export { registerOrganisation, type NewOrganisation } from './register.js';
export { followSuccessors, unitHistory, type UnitHistory, type UnitRelation } from './unit-history.js';
export { Unit } from './unit.entity.js';
export {
  addUnit,
  changeUnit,
  findUnit,
  listUnits,
  placesOfTeams,
  scopeOrNothing,
  teamsOfUnits,
  type NewUnit,
  type UnitFilter,
  type UnitWithTeam,
} from './units.js';

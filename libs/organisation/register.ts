import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import type { Actor, IsoDate } from '#libs/kernel';
import { FundingSource } from './funding-source.entity.js';
import { InspectionTeam, TeamArea } from './inspection-team.entity.js';
import { Place } from './place.entity.js';
import { Unit } from './unit.entity.js';
import type { NewUnit } from './units.js';

export interface NewOrganisation {
  units: NewUnit[];
  places: (Omit<Place, 'parentCode'> & Partial<Pick<Place, 'parentCode'>>)[];
  teams: InspectionTeam[];
  teamAreas: { teamCode: string; unitCode?: string; placeCode?: string; validFrom: IsoDate }[];
  fundingSources: FundingSource[];
}

/** Sets up an office: its units, places, teams with their areas, and funding sources. All of it or nothing. */
export async function registerOrganisation(db: DataSource, actor: Actor, office: NewOrganisation): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    await tx.insert(Unit, office.units);
    await tx.insert(Place, office.places);
    await tx.insert(InspectionTeam, office.teams);
    await tx.insert(TeamArea, office.teamAreas);
    await tx.insert(FundingSource, office.fundingSources);
    for (const unit of office.units)
      record({ action: 'unit.add', objectType: 'unit', objectId: unit.code, after: unit });
    record({
      action: 'organisation.register',
      objectType: 'organisation',
      objectId: 'all',
      after: { ...office, units: office.units.length },
    });
  });
}

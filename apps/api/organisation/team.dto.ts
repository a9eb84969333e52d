import { Equals, IsOptional, ValidateIf } from 'class-validator';
import { IsDay, IsPlainText } from '../shell/field-rules.js';

export class TeamAreaDto {
  kind: 'unit' | 'place';
  code: string;
  name: string;
  teamCode: string;
  teamName: string;
  validFrom: string;
  /** The last day; null: until it is moved. */
  validTo: string | null;
}

export class TeamMemberDto {
  username: string;
  displayName: string;
}

export class TeamDto {
  code: string;
  name: string;
  /** It answers for units that no team looks after. */
  isFallback: boolean;
  members: TeamMemberDto[];
  areas: TeamAreaDto[];
}

export class WithoutTeamDto {
  kind: 'unit' | 'place';
  code: string;
  name: string;
}

export class TeamsDto {
  /** The business day that is meant. */
  on: string;
  teams: TeamDto[];
  /** Changes to come, nearest first. */
  scheduled: TeamAreaDto[];
  /** What ended, latest first. */
  ended: TeamAreaDto[];
  withoutTeam: WithoutTeamDto[];
}

export class NewTeamDto {
  @IsPlainText(40)
  code: string;

  @IsPlainText(200)
  name: string;
}

export class TeamChangeDto {
  @IsOptional()
  @IsPlainText(200)
  name?: string;

  /** The team that answered for what no team looks after hands it over to this one. */
  @IsOptional()
  @Equals(true)
  isFallback?: true;
}

/** Either a unit or a place. */
export class AreaMoveDto {
  @ValidateIf((move: AreaMoveDto) => move.placeCode === undefined)
  @IsPlainText(40)
  unitCode?: string;

  @ValidateIf((move: AreaMoveDto) => move.unitCode === undefined)
  @IsPlainText(40)
  placeCode?: string;

  /** null: to no team. */
  @ValidateIf((move: AreaMoveDto) => move.teamCode !== null)
  @IsPlainText(40)
  teamCode: string | null;

  /** The first day of the new team; what the present one has ends the day before. */
  @IsDay()
  from: string;
}

import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Actor } from '#libs/kernel';
import { addTeam, changeTeam, moveArea, teamsOverview } from '#libs/organisation';
import { businessDate } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { AreaMoveDto, NewTeamDto, TeamChangeDto, TeamsDto } from './team.dto.js';

@ApiTags('organisation')
@Controller('inspection-teams')
export class TeamsController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @Needs('province.read')
  async list(): Promise<TeamsDto> {
    const on = await businessDate(this.db);
    return { on, ...(await teamsOverview(this.db, on)) };
  }

  @Post()
  @Needs('teams.edit')
  async add(@Acting() actor: Actor, @Body() team: NewTeamDto): Promise<TeamsDto> {
    await addTeam(this.db, actor, team);
    return this.list();
  }

  @Patch(':code')
  @Needs('teams.edit')
  async change(@Acting() actor: Actor, @Param('code') code: string, @Body() changes: TeamChangeDto): Promise<TeamsDto> {
    await changeTeam(this.db, actor, code, changes);
    return this.list();
  }

  /** A unit or place goes to a team, or to none, from a day on. */
  @Post('areas')
  @Needs('teams.edit')
  @HttpCode(200)
  async move(@Acting() actor: Actor, @Body() { unitCode, placeCode, teamCode, from }: AreaMoveDto): Promise<TeamsDto> {
    const subject = unitCode === undefined ? { placeCode: placeCode ?? '' } : { unitCode };
    await moveArea(this.db, actor, { subject, teamCode, from });
    return this.list();
  }
}

import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrganisationModule } from '#libs/organisation';
import { KeyProject, KeyProjectList, PressProject } from './key-project.entity.js';
import { ProjectProgress } from './project-progress.entity.js';
import { SiteClearanceMonth, SiteClearancePlan } from './site-clearance/index.js';
import { Project, ProjectPlace, ProjectUnit } from './project.entity.js';

@Module({
  imports: [
    OrganisationModule,
    TypeOrmModule.forFeature([
      Project,
      ProjectUnit,
      ProjectPlace,
      ProjectProgress,
      SiteClearancePlan,
      SiteClearanceMonth,
      KeyProjectList,
      KeyProject,
      PressProject,
    ]),
  ],
})
export class ProjectsModule {}

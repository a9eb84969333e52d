import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { KeyProject, KeyProjectList, PressProject } from './key-project.entity.js';
import { Project, ProjectPlace, ProjectUnit } from './project.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([Project, ProjectUnit, ProjectPlace, KeyProjectList, KeyProject, PressProject])],
})
export class ProjectsModule {}

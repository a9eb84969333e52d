import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrganisationModule } from '#libs/organisation';
import { ProjectsModule } from '#libs/projects';
import { Difficulty, DifficultyCategory, DifficultyStep } from './difficulty.entity.js';

@Module({
  imports: [
    OrganisationModule,
    ProjectsModule,
    TypeOrmModule.forFeature([DifficultyCategory, Difficulty, DifficultyStep]),
  ],
})
export class DifficultiesModule {}

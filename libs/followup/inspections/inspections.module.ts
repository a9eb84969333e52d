import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FilesModule } from '#libs/files';
import { NoticesModule } from '#libs/notices';
import { Inspection } from './inspection.entity.js';
import { InspectionAttachment, InspectionFinding, InspectionRecommendation, InspectionVisit } from './visit.entity.js';

@Module({
  imports: [
    FilesModule,
    NoticesModule,
    TypeOrmModule.forFeature([
      Inspection,
      InspectionVisit,
      InspectionFinding,
      InspectionAttachment,
      InspectionRecommendation,
    ]),
  ],
})
export class InspectionsModule {}

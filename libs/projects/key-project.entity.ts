import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { CapitalType } from './project.entity.js';

/** A year's list of key projects (dự án trọng điểm): the number the report declares beside what is registered. */
@Entity()
@Check('key_project_list_declared_check', 'declared_count >= 0')
export class KeyProjectList {
  @PrimaryColumn({ type: 'int' })
  year: number;

  @Column({ type: 'int' })
  declaredCount: number;

  @Column({ type: 'text' })
  noteVi: string;

  @Column({ type: 'text' })
  noteEn: string;
}

/** One place on a year's list. A project that the report does not name has no code and says so in its name. */
@Entity()
@Check('key_project_capital_type_check', "capital_type IN ('public', 'ppp', 'non-budget', 'unknown')")
@Check('key_project_origin_check', "origin IN ('new', 'carried-over', 'unexplained')")
@Check('key_project_ordinal_check', 'ordinal > 0')
export class KeyProject {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey('KeyProjectList')
  year: number;

  @PrimaryColumn({ type: 'int' })
  ordinal: number;

  @Column({ type: 'text', nullable: true })
  @ForeignKey('Project')
  projectCode: string | null;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  capitalType: CapitalType;

  @Column({ type: 'text' })
  origin: 'new' | 'carried-over' | 'unexplained';
}

/** A project that the press names beside the key ones, never counted among them. */
@Entity()
@Check('press_project_likelihood_check', "likelihood IN ('very-likely', 'unknown')")
export class PressProject {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey('KeyProjectList')
  year: number;

  @PrimaryColumn({ type: 'text' })
  @ForeignKey('Project')
  projectCode: string;

  @Column({ type: 'text' })
  likelihood: 'very-likely' | 'unknown';

  @Column({ type: 'text' })
  sourceNote: string;
}

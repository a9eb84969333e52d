import type { components } from './schema.gen';

type Schemas = components['schemas'];

export type Instance = Schemas['InstanceDto'];
export type Session = Schemas['SessionDto'];
export type Role = Session['role'];
export type Named = Schemas['NamedDto'];
export type Problem = Schemas['ProblemDto'];
export type Month = Schemas['MonthDto'];
export type MonthList = Schemas['MonthListDto'];
export type Overview = Schemas['OverviewDto'];
export type OverviewUnit = Schemas['OverviewUnitDto'];
export type BasisFigure = Schemas['BasisFigureDto'];
export type Cell = Schemas['CellDto'];
export type Status = Cell['status'];
export type Explanation = Schemas['ExplanationDto'];
export type Hashes = Schemas['HashesDto'];
export type Unit = Schemas['UnitDto'];
export type UnitYear = Schemas['UnitYearDto'];
export type UnitMonth = Schemas['UnitMonthDto'];
export type Disbursement = Schemas['DisbursementDto'];
export type AllocationLine = Schemas['AllocationLineDto'];
export type KeyProjectList = Schemas['KeyProjectListDto'];
export type KeyProject = Schemas['KeyProjectDto'];
export type UnlistedProject = Schemas['UnlistedProjectDto'];
export type Notice = Schemas['NoticeDto'];
export type NoticeLine = Schemas['NoticeLineDto'];

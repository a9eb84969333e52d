export class FundingSourceDto {
  code: string;
  name: string;
  level: 'central' | 'local' | 'programme' | 'other';
}

export class FundingSourceListDto {
  items: FundingSourceDto[];
}

/** What the address of the month screen remembers beside the month: so that a link shows the same to the next person. */
export interface MonthSearch {
  how?: true;
  unit?: string;
  rates?: 'own';
}

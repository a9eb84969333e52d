import type { Words } from '../vi';

export const settings: Words['settings'] = {
  menu: 'Settings',
  teams: 'Inspection teams and areas',
  policies: 'Monitoring policy',
  calendar: 'Working days and deadlines',
};

export { leaveOffice, type Leaving } from './leave-office.js';
export { openWorkOf, type OpenWork } from './open-work.js';

import type { Role } from '#libs/kernel';
import { NamedDto } from '../shell/page.dto.js';

export class DemonstrationAccountDto {
  username: string;
  displayName: string;
  role: 'admin' | 'staff' | 'approver' | 'clerk' | 'reporter' | 'inspector' | 'leader' | 'auditor';
}

/** What this installation is: known before signing in. */
export class InstanceDto {
  productName: string;
  provinceName: string;
  /** Every figure is made up for demonstration. */
  illustrative: boolean;
  /** The business day, yyyy-mm-dd. */
  businessDate: string;
  /** What the button of single sign-on names; null: passwords only. */
  singleSignOn: string | null;
  /** Only in a demonstration. */
  demonstrationAccounts: DemonstrationAccountDto[];
}

export class SessionDto {
  username: string;
  displayName: string;
  role: 'admin' | 'staff' | 'approver' | 'clerk' | 'reporter' | 'inspector' | 'leader' | 'auditor';
  /** What this person, or this program's token, may do. */
  permissions: string[];
  /** A reporter's own units. */
  units: NamedDto[];
  /** An inspector's team. */
  team: NamedDto | null;
  /** To be sent back in `X-CSRF-Token` with every POST, PATCH, DELETE. */
  csrfToken: string;
  expiresAt: string;
}

/** Every role of the DTOs is one of the kernel's, and the other way round. */
export type RoleDto = SessionDto['role'] extends Role ? (Role extends SessionDto['role'] ? Role : never) : never;

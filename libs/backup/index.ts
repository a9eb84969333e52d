export { auditChainState, type AuditChainState } from './audit-chain-state.js';
export { OMITTED } from './omitted.js';
export { readIdentity, readPassphrase, type EncryptionKey } from './encryption.js';
export { restoreBackup, type RestoreOptions } from './restore-backup.js';
export { writeBackup, type BackupOptions } from './write-backup.js';
export type { BackupManifest } from './backup-file.js';

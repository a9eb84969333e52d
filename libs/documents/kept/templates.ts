import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { canonicalJson, DomainError, systemClock, type Actor } from '#libs/kernel';
import { instanceSetting } from '#libs/platform';
import { DOCUMENT_KINDS, defaultTemplate, type DocumentKind, type DocumentTemplate } from '../document-template.js';
import type { DocumentsErrorCode } from '../errors.js';
import { DocumentTemplateVersion } from './document.entity.js';

export interface TemplateInForce {
  kind: DocumentKind;
  template: DocumentTemplate;
  /** 0: nobody has edited it, the defaults stand. */
  version: number;
  recordedAt: Date | null;
  recordedBy: string | null;
}

/** The newest version of a kind's template, or the usual form of a provincial people's committee. */
export async function templateInForce(
  db: DataSource | EntityManager,
  kind: DocumentKind,
  provinceName: string,
): Promise<TemplateInForce> {
  const manager = 'manager' in db ? db.manager : db;
  const newest = await manager.findOne(DocumentTemplateVersion, { where: { kind }, order: { version: 'DESC' } });
  if (!newest)
    return { kind, template: defaultTemplate(kind, provinceName), version: 0, recordedAt: null, recordedBy: null };
  const { version, recordedAt, recordedBy } = newest;
  return { kind, template: JSON.parse(newest.fields) as DocumentTemplate, version, recordedAt, recordedBy };
}

export async function listTemplates(db: DataSource): Promise<TemplateInForce[]> {
  const { provinceName } = await instanceSetting(db);
  return Promise.all(DOCUMENT_KINDS.map((kind) => templateInForce(db, kind, provinceName)));
}

/** Sets a kind's template as its next version; `seen` is the version that was edited (`template-changed`). */
export async function setTemplate(
  db: DataSource,
  actor: Actor,
  kind: DocumentKind,
  template: DocumentTemplate,
  seen: number,
): Promise<TemplateInForce> {
  return auditedTransaction(db, actor, async (tx, record) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`document template ${kind}`]);
    const { provinceName } = await instanceSetting(tx);
    const present = await templateInForce(tx, kind, provinceName);
    if (present.version !== seen) throw new DomainError<DocumentsErrorCode>('template-changed', { kind });
    const fields = canonicalJson(template);
    if (fields === canonicalJson(present.template))
      throw new DomainError<DocumentsErrorCode>('template-unchanged', { kind });
    const next = { kind, version: seen + 1, fields, recordedAt: systemClock.now(), recordedBy: actor.username };
    await tx.insert(DocumentTemplateVersion, next);
    record({
      action: 'document-template.set',
      objectType: 'document-template',
      objectId: kind,
      before: present.template,
      after: { version: next.version, ...template },
    });
    return { kind, template, version: next.version, recordedAt: next.recordedAt, recordedBy: next.recordedBy };
  });
}

import { canonicalJson, systemActor, systemClock } from '#libs/kernel';

/**
 * The event of what the program does to its database itself, as parameters of
 * `audit_event (at, actor, action, object_type, object_id, body)`. Everything else goes through `auditedTransaction`,
 * which stands above this layer.
 */
export function platformEvent(
  action: string,
  object: { type: string; id: string },
  after: unknown,
): [at: string, actor: string, action: string, objectType: string, objectId: string, body: string] {
  const { username, role, origin } = systemActor('command-line');
  const at = systemClock.now().toISOString();
  const body = canonicalJson({ at, actor: { username, role }, action, object, before: null, after, origin });
  return [at, username, action, object.type, object.id, body];
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** What may be attached. `.docx` and `.xlsx` without macros; pictures as cameras and telephones make them. */
export const MEDIA_TYPES = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'image/jpeg',
  'image/png',
  'image/heic',
] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** The bytes of a file, once however often it was sent; replicas share no disk. Never changed. */
@Entity()
@Check('stored_file_hash_check', "hash = encode(sha256(bytes), 'hex')")
@Check('stored_file_size_check', 'size = octet_length(bytes) AND size > 0')
@Check('stored_file_media_type_check', `media_type IN ('${MEDIA_TYPES.join("', '")}')`)
export class StoredFile {
  /** SHA-256 of the bytes, hex. */
  @PrimaryColumn({ type: 'text' })
  hash: string;

  @Column({ type: 'bytea' })
  bytes: Buffer;

  @Column({ type: 'int' })
  size: number;

  /** By the bytes, not by the name. */
  @Column({ type: 'text' })
  mediaType: MediaType;
}

/** One sending of a file by a person. Attached once, to what owns it from then on; else it goes after a day. */
@Entity()
@Check('uploaded_file_name_check', "name <> '' AND name IS NFC NORMALIZED")
@Check('uploaded_file_attached_check', "(attached_to IS NULL) = (attached_at IS NULL) AND attached_to <> ''")
@Index(['hash'])
@Index('uploaded_file_waiting_index', ['uploadedAt'], { where: 'attached_to IS NULL' })
export class UploadedFile {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'text' })
  @ForeignKey('StoredFile')
  hash: string;

  /** As the sender's machine called it, its ending in accord with the bytes: only shown. */
  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'timestamptz' })
  uploadedAt: Date;

  @Column({ type: 'text' })
  uploadedBy: string;

  /** What it belongs to, in words for people who read the table, e.g. `answer 12`. */
  @Column({ type: 'text', nullable: true })
  attachedTo: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  attachedAt: Date | null;
}

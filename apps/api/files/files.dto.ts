export class FileDto {
  id: number;
  name: string;
  /** Bytes. */
  size: number;
  mediaType: string;
  /** SHA-256 of the content, hex. */
  hash: string;
}

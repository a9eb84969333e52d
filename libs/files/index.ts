export { claimFiles, fileFacts, openFile, type OpenedFile } from './claim-files.js';
export type { FilesErrorCode } from './errors.js';
export { FilesModule } from './files.module.js';
export { mostFileBytes, receiveFile, type FileFacts, type NewFile } from './receive-file.js';
export { MEDIA_TYPES, StoredFile, UploadedFile, type MediaType } from './stored-file.entity.js';
export { sweepFiles } from './sweep-files.js';

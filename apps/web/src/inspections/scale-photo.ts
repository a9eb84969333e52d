import { placeOf, withoutPlace, type TakenAt } from './exif-place';
import { heicBitmap } from './heic-bitmap';

/** The longer side of a photo as it is sent, in pixels. */
export const LONGEST_SIDE_PX = 2048;
const JPEG_QUALITY = 0.85;
const THUMBNAIL_PX = 160;

export interface ReadyFile {
  name: string;
  kind: 'photo' | 'file';
  blob: Blob;
  /** Of a scaled photo; null for what is sent as it is. */
  size: { width: number; height: number } | null;
  /** A small picture as a data address; null where this browser cannot open the file. */
  thumbnail: string | null;
  /** A HEIC that could not be opened, without a line for one: sent as it is, its place overwritten. */
  isWhole: boolean;
  takenAt: TakenAt | null;
}

const isHeic = (file: File): boolean => /\.(heic|heif)$/i.test(file.name) || /image\/hei[cf]/.test(file.type);
const isPicture = (file: File): boolean => isHeic(file) || /^image\/(jpeg|png)$/.test(file.type);

/**
 * A file as it will be sent. A photo becomes a JPEG of at most 2048 px that carries nothing of what the camera noted;
 * where it was taken stays apart from it, on the device, and is sent only with consent. null for what cannot be opened.
 */
export async function readyFile(file: File): Promise<ReadyFile | null> {
  if (!isPicture(file)) {
    if (!/\.(pdf|docx|xlsx)$/i.test(file.name)) return null;
    return { name: file.name, kind: 'file', blob: file, size: null, thumbnail: null, isWhole: false, takenAt: null };
  }
  const bytes = await file.arrayBuffer();
  const takenAt = placeOf(bytes);
  const own = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  const bitmap = own ?? (isHeic(file) ? await heicBitmap(bytes) : null);
  if (bitmap === null) {
    if (!isHeic(file)) return null;
    const blob = new Blob([withoutPlace(bytes)], { type: 'image/heic' });
    return { name: file.name, kind: 'photo', blob, size: null, thumbnail: null, isWhole: true, takenAt };
  }
  const { canvas, width, height } = drawn(bitmap, LONGEST_SIDE_PX);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY));
  const thumbnail = drawn(bitmap, THUMBNAIL_PX).canvas.toDataURL('image/jpeg', JPEG_QUALITY);
  bitmap.close();
  if (blob === null) return null;
  const name = `${file.name.replace(/\.[^.]*$/, '')}.jpg`;
  return { name, kind: 'photo', blob, size: { width, height }, thumbnail, isWhole: false, takenAt };
}

function drawn(bitmap: ImageBitmap, longest: number): { canvas: HTMLCanvasElement; width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height);
  return { canvas, width, height };
}

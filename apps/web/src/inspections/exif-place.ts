/** Degrees as decimal text, five places: about a metre. */
export interface TakenAt {
  latitude: string;
  longitude: string;
}

const GPS_POINTER = 0x8825;
const RATIONAL = 5;
const ENTRY_BYTES = 12;
/** Cameras write the place near the beginning of a file. */
const LOOKED_THROUGH_BYTES = 256 * 1024;

interface Gps {
  view: DataView;
  /** Where the block of tags begins that offsets count from. */
  tiff: number;
  littleEndian: boolean;
  /** The directory of the place: its first entry, and how many. */
  first: number;
  count: number;
}

/** Where a JPEG or HEIC says it was taken; null when it does not. */
export function placeOf(bytes: ArrayBuffer): TakenAt | null {
  const gps = findGps(bytes);
  if (gps === null) return null;
  const [north, latitude, east, longitude] = [1, 2, 3, 4].map((tag) => entryOf(gps, tag));
  if (north == null || latitude == null || east == null || longitude == null) return null;
  const degrees = (entry: number, ref: number, negative: string): number | null => {
    const at = gps.tiff + gps.view.getUint32(entry + 8, gps.littleEndian);
    if (gps.view.getUint16(entry + 2, gps.littleEndian) !== RATIONAL || at + 24 > gps.view.byteLength) return null;
    const part = (i: number): number =>
      gps.view.getUint32(at + i * 8, gps.littleEndian) / gps.view.getUint32(at + i * 8 + 4, gps.littleEndian);
    const value = part(0) + part(1) / 60 + part(2) / 3600;
    if (!Number.isFinite(value)) return null;
    return String.fromCharCode(gps.view.getUint8(ref + 8)) === negative ? -value : value;
  };
  const found = [degrees(latitude, north, 'S'), degrees(longitude, east, 'W')];
  const [lat, lon] = found;
  if (lat == null || lon == null || Math.abs(lat) > 90 || Math.abs(lon) > 180) return null;
  return { latitude: decimal(lat), longitude: decimal(lon) };
}

/** The same file with every value of its place overwritten by zeros; the picture itself is not touched. */
export function withoutPlace(bytes: ArrayBuffer): ArrayBuffer {
  const copy = bytes.slice(0);
  const gps = findGps(copy);
  if (gps === null) return copy;
  const { view, tiff, first, count, littleEndian } = gps;
  const all = new Uint8Array(copy);
  for (let i = 0; i < count; i++) {
    const entry = first + i * ENTRY_BYTES;
    const size = sizeOfType(view.getUint16(entry + 2, littleEndian)) * view.getUint32(entry + 4, littleEndian);
    const at = size > 4 ? tiff + view.getUint32(entry + 8, littleEndian) : entry + 8;
    if (at + size <= all.length) all.fill(0, at, at + size);
    all.fill(0, entry, entry + ENTRY_BYTES);
  }
  return copy;
}

function findGps(bytes: ArrayBuffer): Gps | null {
  const view = new DataView(bytes);
  const end = Math.min(bytes.byteLength, LOOKED_THROUGH_BYTES) - 16;
  for (let at = 0; at < end; at++) {
    // "Exif", two zero bytes, then the block of tags. HEIC has no zero bytes of this kind before some blocks.
    if (view.getUint32(at) !== 0x45786966) continue;
    for (const tiff of [at + 6, at + 4, at + 8]) {
      const gps = gpsOf(view, tiff);
      if (gps !== null) return gps;
    }
  }
  return null;
}

function gpsOf(view: DataView, tiff: number): Gps | null {
  const order = view.getUint16(tiff);
  const littleEndian = order === 0x4949;
  if ((!littleEndian && order !== 0x4d4d) || view.getUint16(tiff + 2, littleEndian) !== 42) return null;
  const directory = tiff + view.getUint32(tiff + 4, littleEndian);
  if (directory + 2 > view.byteLength) return null;
  const entries = view.getUint16(directory, littleEndian);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + i * ENTRY_BYTES;
    if (entry + ENTRY_BYTES > view.byteLength) return null;
    if (view.getUint16(entry, littleEndian) !== GPS_POINTER) continue;
    const gps = tiff + view.getUint32(entry + 8, littleEndian);
    if (gps + 2 > view.byteLength) return null;
    const count = view.getUint16(gps, littleEndian);
    if (gps + 2 + count * ENTRY_BYTES > view.byteLength) return null;
    return { view, tiff, littleEndian, first: gps + 2, count };
  }
  return null;
}

function entryOf({ view, first, count, littleEndian }: Gps, tag: number): number | null {
  for (let i = 0; i < count; i++)
    if (view.getUint16(first + i * ENTRY_BYTES, littleEndian) === tag) return first + i * ENTRY_BYTES;
  return null;
}

/** Bytes of one value of each type of tag. */
function sizeOfType(type: number): number {
  return [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8][type] ?? 0;
}

function decimal(degrees: number): string {
  const whole = Math.round(Math.abs(degrees) * 100_000);
  const places = String(whole % 100_000).padStart(5, '0');
  return `${degrees < 0 ? '-' : ''}${Math.trunc(whole / 100_000)}.${places}`;
}

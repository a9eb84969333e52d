/**
 * A HEIC as a picture, in a browser that has no decoder of its own; null for what cannot be read, or without a line.
 * The decoder is three megabytes, fetched when it is needed, and works beside the page, which stays usable.
 */
export async function heicBitmap(bytes: ArrayBuffer): Promise<ImageBitmap | null> {
  const worker = new Worker(new URL('./heic-worker.ts', import.meta.url), { type: 'module' });
  try {
    const pixels = await new Promise<ImageData | null>((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<ImageData | null>) => resolve(data);
      worker.onerror = () => resolve(null);
      worker.postMessage(bytes);
    });
    return pixels && (await createImageBitmap(pixels));
  } finally {
    worker.terminate();
  }
}

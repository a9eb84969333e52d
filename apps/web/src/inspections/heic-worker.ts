import libheif from 'libheif-js';

/** Answers with the pixels of the first picture of a HEIC, upright; with null where it cannot be read. */
addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
  const image = new libheif.HeifDecoder().decode(new Uint8Array(data))[0];
  if (image === undefined) {
    postMessage(null);
    return;
  }
  image.display(new ImageData(image.get_width(), image.get_height()), (pixels) => postMessage(pixels));
});

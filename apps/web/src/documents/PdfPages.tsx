import { useEffect, useRef, useState } from 'react';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { useWords } from '../words/words-provider';
import classes from './documents.module.css';

interface PdfPage {
  getViewport(options: { scale: number }): { width: number; height: number };
  render(options: { canvas: HTMLCanvasElement; canvasContext: CanvasRenderingContext2D; viewport: unknown }): {
    promise: Promise<void>;
  };
}

interface PdfFile {
  numPages: number;
  getPage(number: number): Promise<PdfPage>;
  destroy(): Promise<void>;
}

/** Sharp on a screen of any density, and small enough for a telephone's memory. */
const PIXELS_ACROSS = 1240;

/** The pages of a PDF as pictures: a browser's own viewer is not to be had on telephones, nor in a page of ours. */
export function PdfPages({ bytes, name }: { bytes: Uint8Array; name: string }) {
  const words = useWords();
  const [file, setFile] = useState<PdfFile | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let opened: PdfFile | null = null;
    let isGone = false;
    const open = async (): Promise<void> => {
      const { getDocument } = (await import('unpdf/pdfjs')) as unknown as {
        getDocument(source: { data: Uint8Array; isEvalSupported: boolean }): { promise: Promise<PdfFile> };
      };
      // The reader takes the bytes for itself: it gets a copy.
      opened = await getDocument({ data: bytes.slice(), isEvalSupported: false }).promise;
      if (isGone) await opened.destroy();
      else setFile(opened);
    };
    open().catch((reason: unknown) => setError(reason as Error));
    return () => {
      isGone = true;
      void opened?.destroy();
    };
  }, [bytes, attempt]);
  const again = () => {
    setError(null);
    setAttempt(attempt + 1);
  };
  if (error !== null) return <FailedState error={error} what={words.documents.preview} onRetry={again} />;
  if (file === null) return <LoadingBlock what={words.documents.preview} />;
  return (
    <div className={classes.pages}>
      {Array.from({ length: file.numPages }, (_, i) => (
        <Page key={i + 1} file={file} number={i + 1} name={name} />
      ))}
    </div>
  );
}

function Page({ file, number, name }: { file: PdfFile; number: number; name: string }) {
  const words = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const draw = async (): Promise<void> => {
      const page = await file.getPage(number);
      const paper = canvas.current;
      const context = paper?.getContext('2d');
      if (!paper || !context) return;
      const viewport = page.getViewport({ scale: PIXELS_ACROSS / page.getViewport({ scale: 1 }).width });
      [paper.width, paper.height] = [viewport.width, viewport.height];
      await page.render({ canvas: paper, canvasContext: context, viewport }).promise;
    };
    // A page that was left while it was being drawn is drawn by nobody.
    draw().catch(() => undefined);
  }, [file, number]);
  return (
    <canvas
      ref={canvas}
      className={classes.page}
      role="img"
      aria-label={`${name}: ${words.documents.page(number, file.numPages)}`}
    />
  );
}

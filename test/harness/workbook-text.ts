import yauzl from 'yauzl';

/** All texts inside a workbook, whatever the sheet, the part or the property: nothing of it can hide from a search. */
export async function workbookText(bytes: Buffer): Promise<string> {
  const zip = await yauzl.fromBufferPromise(bytes);
  const parts: string[] = [];
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    parts.push(entry.fileName, Buffer.concat(chunks).toString('utf8'));
  }
  return parts.join('\n');
}

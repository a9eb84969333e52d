import { IconCamera, IconFileText, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { newIdempotencyKey } from '../client/client';
import { Card } from '../frame/Card';
import form from '../frame/Form.module.css';
import { useWords } from '../words/words-provider';
import classes from './inspections.module.css';
import { readyFile } from './scale-photo';
import type { KeptVisit } from './use-visit-draft';
import type { DraftFile, VisitDraft } from './visit-draft';

const TAKEN = 'image/*,.heic,.heif,application/pdf,.docx,.xlsx';

/** Photos are made smaller here, one after the other: a telephone has little memory. */
export function VisitFiles({ draft, change }: { draft: VisitDraft; change: KeptVisit['change'] }) {
  const { visit: say } = useWords();
  const [unreadable, setUnreadable] = useState<string[]>([]);
  const add = async (chosen: readonly File[]) => {
    setUnreadable([]);
    for (const file of chosen) {
      const ready = await readyFile(file);
      if (ready === null) setUnreadable((before) => [...before, file.name]);
      else
        change((now) => ({
          ...now,
          files: [...now.files, { ...ready, key: newIdempotencyKey(), caption: '', fileId: null }],
        }));
    }
  };
  return (
    <Card title={say.photos}>
      {draft.files.map((file) => (
        <FileRow
          key={file.key}
          file={file}
          tellsPlace={draft.mayTellPlace}
          onCaption={(caption) =>
            change({ files: draft.files.map((each) => (each.key === file.key ? { ...each, caption } : each)) })
          }
          onRemove={() => change({ files: draft.files.filter(({ key }) => key !== file.key) })}
        />
      ))}
      {unreadable.map((name) => (
        <p key={name} role="alert" className={classes.waiting}>
          {say.unreadable(name)}
        </p>
      ))}
      <label className={classes.pick}>
        <IconCamera size={20} aria-hidden="true" />
        {say.addPhotos}
        <input
          type="file"
          multiple
          accept={TAKEN}
          onChange={(event) => {
            const chosen = [...(event.currentTarget.files ?? [])];
            // The same photo may be chosen again after it was removed.
            event.currentTarget.value = '';
            void add(chosen);
          }}
        />
      </label>
      <label className={classes.check}>
        <input
          type="checkbox"
          checked={draft.mayTellPlace}
          onChange={(event) => change({ mayTellPlace: event.currentTarget.checked })}
        />
        <span>
          {say.consent}
          <span className={form.hint}>
            <br />
            {say.consentMeans}
          </span>
        </span>
      </label>
    </Card>
  );
}

interface FileRowProps {
  file: DraftFile;
  tellsPlace: boolean;
  onCaption: (caption: string) => void;
  onRemove: () => void;
}

function FileRow({ file, tellsPlace, onCaption, onRemove }: FileRowProps) {
  const { visit: say } = useWords();
  const kilobytes = `${Math.max(1, Math.round(file.blob.size / 1024))} kB`;
  const facts = [
    file.size === null ? kilobytes : say.scaled(file.size.width, file.size.height, kilobytes),
    ...(file.kind === 'photo' ? [tellsPlace && file.takenAt !== null ? say.withPlace : say.withoutPlace] : []),
  ];
  return (
    <div className={classes.file}>
      {file.thumbnail === null ? (
        <span className={classes.thumbnail}>
          <IconFileText size={24} aria-hidden="true" />
        </span>
      ) : (
        <img src={file.thumbnail} alt="" className={classes.thumbnail} />
      )}
      <div>
        <div className={classes.subject}>{file.name}</div>
        <div className={classes.facts}>{facts.join(' · ')}</div>
        {file.isWhole && <div className={classes.facts}>{say.heic}</div>}
        <input
          className={form.input}
          aria-label={say.caption(file.name)}
          placeholder={say.caption('').replace(/: $/, '')}
          maxLength={300}
          value={file.caption}
          onChange={(event) => onCaption(event.currentTarget.value)}
        />
      </div>
      <button type="button" className={classes.icon} aria-label={say.remove(file.name)} onClick={onRemove}>
        <IconTrash size={18} aria-hidden="true" />
      </button>
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { FailedState } from '../frame/FailedState';
import form from '../frame/Form.module.css';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { useWords } from '../words/words-provider';
import { DOCUMENT_KINDS, templatesQuery, type DocumentKind } from './documents-client';
import { TemplateForm } from './TemplateForm';

const route = getRouteApi('/frame/settings/document-templates');

/** The form of each kind of document, as the province sets it. */
export function TemplatesScreen() {
  const { documents: say } = useWords();
  const navigate = route.useNavigate();
  const { kind = 'announcement' } = route.useSearch();
  const [saved, setSaved] = useState<string | null>(null);
  const templates = useQuery(templatesQuery);
  const template = templates.data?.items.find((each) => each.kind === kind);
  return (
    <>
      <PageHead title={say.templates}>
        <select
          aria-label={say.template.kind}
          className={form.input}
          style={{ width: 'auto' }}
          value={kind}
          onChange={(event) => void navigate({ search: { kind: event.currentTarget.value as DocumentKind } })}
        >
          {DOCUMENT_KINDS.map((each) => (
            <option key={each} value={each}>
              {say.kinds[each]}
            </option>
          ))}
        </select>
      </PageHead>
      {templates.isError ? (
        <FailedState error={templates.error} what={say.template.what} onRetry={() => void templates.refetch()} />
      ) : template === undefined ? (
        <LoadingBlock what={say.template.what} />
      ) : (
        // Another kind, or a version that somebody saved, begins with what it says.
        <TemplateForm
          key={`${kind} ${template.version}`}
          template={template}
          isSaved={saved === `${kind} ${template.version}`}
          onSaved={(next) => setSaved(`${next.kind} ${next.version}`)}
        />
      )}
    </>
  );
}

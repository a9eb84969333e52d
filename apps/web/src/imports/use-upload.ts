import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Refusal } from '../client/refusal';
import { importQuery, sendImport, type Upload } from './import-queries';

/** Sends a file and opens what it became. Leaving the page while it is sent is asked about: the browser would stop it. */
export function useUpload() {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [{ sent, total }, setProgress] = useState({ sent: 0, total: 0 });
  const control = useRef<AbortController | null>(null);
  const sending = useMutation({
    mutationFn: (upload: Upload) => {
      const abort = new AbortController();
      control.current = abort;
      setProgress({ sent: 0, total: upload.file.size });
      return sendImport(upload, {
        signal: abort.signal,
        onSent: (bytes, all) => setProgress({ sent: bytes, total: all }),
      });
    },
    onSuccess: async (received) => {
      queryClient.setQueryData(importQuery(String(received.id)).queryKey, received);
      await navigate({ to: '/imports/$id', params: { id: String(received.id) } });
    },
  });
  const { isPending } = sending;
  useEffect(() => {
    if (!isPending) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isPending]);
  useEffect(() => () => control.current?.abort(), []);
  return {
    sent,
    total,
    isSending: isPending,
    /** null also when the sender stopped it. */
    refusal: sending.error instanceof Refusal ? sending.error : null,
    start: (upload: Upload) => sending.mutate(upload),
    stop: () => control.current?.abort(),
  };
}

import { type ReactNode, useState } from 'react';
import { Refusal } from '../client/refusal';
import { ProofDialog } from './ProofDialog';

interface Waiting {
  title: string;
  run: (password: string) => Promise<unknown>;
}

/**
 * Does what protects the account: at once where the sign-in is fresh, else after the password was given once more.
 * `dialog` has to be drawn.
 */
export function useProven(onRefused: (error: Error) => void): {
  doProven: (title: string, act: (password?: string) => Promise<unknown>) => Promise<void>;
  dialog: ReactNode;
} {
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const doProven = async (title: string, act: (password?: string) => Promise<unknown>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      if (error instanceof Refusal && error.code === 'proof-needed') setWaiting({ title, run: act });
      else onRefused(error as Error);
    }
  };
  const dialog = waiting && <ProofDialog {...waiting} onClose={() => setWaiting(null)} />;
  return { doProven, dialog };
}

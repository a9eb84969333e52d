import { useQuery } from '@tanstack/react-query';
import { unitsQuery } from '../client/queries';
import { useSession } from '../client/use-session';
import { compareVietnamese } from '../format/fold';
import { useWords } from '../words/words-provider';
import { Picker } from './Picker';

interface UnitPickerProps {
  chosen: string | undefined;
  onChoose: (code: string | undefined) => void;
}

/** Staff choose among all units, a reporter of several among the own ones; of one unit there is nothing to choose. */
export function UnitPicker({ chosen, onChoose }: UnitPickerProps) {
  const words = useWords();
  const session = useSession();
  const units = useQuery({ ...unitsQuery(), enabled: session.units.length !== 1 });
  if (session.units.length === 1) return null;
  const sorted = [...(units.data ?? [])].sort((a, b) => compareVietnamese(a.name, b.name));
  return (
    <Picker
      label={words.unitPicker.label}
      value={chosen ?? ''}
      options={[
        { value: '', label: words.unitPicker.all },
        ...sorted.map(({ code, name }) => ({ value: code, label: name })),
      ]}
      onChange={(value) => onChoose(value === '' ? undefined : value)}
    />
  );
}

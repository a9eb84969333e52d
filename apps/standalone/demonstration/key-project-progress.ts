import type { DataSource } from 'typeorm';
import type { Actor, Dong, Month } from '#libs/kernel';
import { findProgress, recordProgress, type ProgressFigures } from '#libs/projects';

const BILLION = 1_000_000_000n;

interface MonthProgress {
  month: number;
  project: string;
  /** tỷ đồng since January; null: not reported */
  volume: Dong | null;
  implemented: Dong | null;
  implementedPlan: Dong | null;
  physicalPercent: string;
  done: string;
  unfinished: string;
  next: string;
}

/**
 * Progress of some of the projects that the report names, all of it made up. One named project and the 27 unnamed
 * ones stay without, so that "chưa có số liệu" is seen too.
 */
const PROGRESS: MonthProgress[] = [8, 9].flatMap((month): MonthProgress[] => [
  {
    month,
    project: 'QL4B-KM18-KM80',
    volume: month === 8 ? 168n : 201n,
    implemented: null,
    implementedPlan: null,
    physicalPercent: month === 8 ? '31.5' : '36.25',
    done: 'Nền đường các đoạn đã có mặt bằng (minh hoạ)',
    unfinished: 'Đoạn qua khu dân cư chưa bàn giao mặt bằng (minh hoạ)',
    next: 'Thi công mặt đường đoạn đầu trước mùa mưa (minh hoạ)',
  },
  {
    month,
    project: 'LTT-KEODAI',
    volume: month === 8 ? 74n : 83n,
    implemented: null,
    implementedPlan: null,
    physicalPercent: month === 8 ? '40' : '44.5',
    done: 'San nền khu tái định cư (minh hoạ)',
    unfinished: 'Hạ tầng kỹ thuật khu tái định cư (minh hoạ)',
    next: 'Bàn giao đợt một cho các hộ (minh hoạ)',
  },
  {
    month,
    project: 'CT-DDTL',
    volume: null,
    implemented: month === 8 ? 1_510n : 1_820n,
    implementedPlan: month === 8 ? 1_700n : 2_150n,
    physicalPercent: month === 8 ? '13.2' : '15.9',
    done: 'Đường công vụ, xử lý nền đoạn đầu tuyến (minh hoạ)',
    unfinished: 'Hai vị trí mố cầu chưa có mặt bằng (minh hoạ)',
    next: 'Bổ sung mũi thi công, bù phần chậm trong quý IV (minh hoạ)',
  },
  {
    month,
    project: 'CCN-DINHLAP',
    volume: null,
    implemented: month === 8 ? 21n : 26n,
    implementedPlan: month === 8 ? 20n : 24n,
    physicalPercent: month === 8 ? '52' : '61',
    done: 'San nền giai đoạn một (minh hoạ)',
    unfinished: 'Trạm xử lý nước thải (minh hoạ)',
    next: 'Đấu nối điện (minh hoạ)',
  },
  {
    month,
    project: 'CCN-HOSON1',
    volume: null,
    implemented: month === 8 ? 33n : 40n,
    implementedPlan: month === 8 ? 33n : 40n,
    physicalPercent: month === 8 ? '48' : '55.5',
    done: 'Đường trục chính (minh hoạ)',
    unfinished: 'Cây xanh, vỉa hè (minh hoạ)',
    next: 'Lắp đặt chiếu sáng (minh hoạ)',
  },
]);

/** Records the month's progress where none is recorded yet. */
export async function recordIllustrativeProgress(db: DataSource, staff: Actor, month: Month): Promise<void> {
  for (const { project, ...stated } of PROGRESS.filter((row) => row.month === month.number)) {
    const { version } = await findProgress(db, staff, month, project);
    if (version === 0) await recordProgress(db, staff, month, project, figuresOf(stated), version);
  }
}

function figuresOf(stated: Omit<MonthProgress, 'project'>): ProgressFigures {
  const dong = (billions: Dong | null): Dong | null => (billions === null ? null : billions * BILLION);
  const { physicalPercent, done, unfinished, next } = stated;
  return {
    volume: dong(stated.volume),
    implemented: dong(stated.implemented),
    implementedPlan: dong(stated.implementedPlan),
    physicalPercent,
    done,
    unfinished,
    nextSteps: next,
  };
}

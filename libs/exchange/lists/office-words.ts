import type { PlanBasis, UnitKind, UnitStatus } from '#libs/monitoring/rule';
import type { DecisionKind, EntryBasis, EntryKind } from '#libs/ledger';
import type { CapitalType } from '#libs/projects';

/** The words that offices use, for what the program keeps as codes. */
export const UNIT_KIND: Record<UnitKind, string> = {
  investor: 'Chủ đầu tư, Ban QLDA, sở',
  district: 'Huyện, thành phố',
  commune: 'Xã, phường',
  reserve: 'Vốn chưa phân bổ',
};

export const CAPITAL_TYPE: Record<CapitalType, string> = {
  public: 'Đầu tư công',
  ppp: 'PPP',
  'non-budget': 'Vốn ngoài ngân sách',
  unknown: 'Chưa rõ',
};

export const DECISION_KIND: Record<DecisionKind, string> = {
  initial: 'Giao đầu năm',
  supplement: 'Bổ sung',
  adjustment: 'Điều chỉnh',
  transfer: 'Điều chuyển',
  'carried-over': 'Vốn kéo dài',
  cancelled: 'Huỷ, cắt giảm',
};

export const ENTRY_KIND: Record<EntryKind, string> = {
  payment: 'Thanh toán khối lượng',
  advance: 'Tạm ứng',
  'advance-recovery': 'Thu hồi tạm ứng',
  refund: 'Hoàn trả',
  correction: 'Điều chỉnh',
  transfer: 'Điều chuyển',
};

export const ENTRY_BASIS: Record<EntryBasis, string> = { actual: 'Thực chi', estimate: 'Ước' };

export const BASIS: Record<PlanBasis, string> = { province: 'KH tỉnh giao', pm: 'KH Thủ tướng giao' };

export const STATUS: Record<UnitStatus, string> = {
  'not-rated': 'Không xét',
  missing: 'Chưa báo cáo',
  below: 'Thấp hơn bình quân',
  'at-or-above': 'Bằng hoặc cao hơn bình quân',
};

export const yesNo = (value: boolean): string => (value ? 'Có' : '');

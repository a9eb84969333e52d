import type { UnitKind, UnitStatus } from '#libs/monitoring/rule';
import type { DecisionKind, EntryBasis, EntryKind, WarningCode } from '#libs/ledger';
import type { CapitalType } from '#libs/projects';
import type { CellState, DifferenceCause } from '#libs/reconciliation';

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

export const STATUS: Record<UnitStatus, string> = {
  'not-rated': 'Không xét',
  missing: 'Chưa báo cáo',
  below: 'Thấp hơn bình quân',
  'at-or-above': 'Bằng hoặc cao hơn bình quân',
};

export const WARNING: Record<WarningCode, string> = {
  'over-plan': 'Vượt kế hoạch',
  'no-plan': 'Chưa có kế hoạch',
  'over-usual': 'Cao hơn hẳn mức thường lệ',
  'december-spike': 'Dồn vào tháng 12',
  'cumulative-falls': 'Luỹ kế giảm',
};

export const DIFFERENCE_CAUSE: Record<DifferenceCause, string> = {
  'unknown-code': 'Mã không có trong danh mục',
  'code-missing': 'Dự án chưa có mã quốc gia',
  'advance-recovery': 'Thu hồi tạm ứng',
  'wrong-source': 'Sai nguồn vốn',
  timing: 'Lệch thời điểm',
  'wrong-month': 'Sai tháng',
  'missing-entry': 'Thiếu bút toán',
  'missing-at-treasury': 'Kho bạc chưa có',
  'amount-differs': 'Lệch số tiền',
};

export const DIFFERENCE_STATE: Record<CellState, string> = {
  matched: 'Khớp',
  open: 'Chưa xử lý',
  lapsed: 'Số đã đổi',
  accepted: 'Đã giải trình',
  corrected: 'Đã ghi bù',
};

export const yesNo = (value: boolean): string => (value ? 'Có' : '');

import { monthEnd } from '#libs/kernel';
import { policyInMonth, type Policy } from './rule/index.js';

/** The definition that an evaluation used, in one sentence: printed with every figure and document. */
export function definitionSentence(policy: Policy, month: number): { vi: string; en: string } {
  const fields = policyInMonth(policy, month);
  const { average, planBasis, includeCarriedOver, includeEstimates, excludeProjects, thresholdMonths, missing } =
    fields;
  const [year, lastMonth, day] = monthEnd(policy.planYear, month).split('-');
  const end = { vi: `${day}/${lastMonth}/${year}`, en: `${day}/${lastMonth}/${year}` };
  const plan = {
    vi: planBasis === 'province' ? 'kế hoạch tỉnh giao' : 'kế hoạch Thủ tướng giao',
    en: planBasis === 'province' ? 'province plan' : 'Prime Minister’s plan',
  };
  const within = {
    vi: average.scope === 'group' ? ' trong từng nhóm' : '',
    en: average.scope === 'group' ? ' within each group' : '',
  };
  const reserve = {
    vi: average.includeReserve ? ', kể cả vốn chưa phân bổ' : '',
    en: average.includeReserve ? ', reserve included' : '',
  };
  const averageWords = {
    pooled: {
      vi: `Bình quân chung là tổng giải ngân luỹ kế chia tổng ${plan.vi} đang hiệu lực đến ${end.vi} của các đơn vị được xét${reserve.vi}${within.vi}`,
      en: `The average is the total cumulative disbursement over the total ${plan.en} in force on ${end.en} of the rated units${reserve.en}${within.en}`,
    },
    mean: {
      vi: `Bình quân chung là trung bình cộng tỷ lệ giải ngân luỹ kế theo ${plan.vi} đang hiệu lực đến ${end.vi} của các đơn vị được xét${within.vi}`,
      en: `The average is the arithmetic mean of the rated units’ cumulative rates on the ${plan.en} in force on ${end.en}${within.en}`,
    },
    declared: {
      vi: `Bình quân chung là số công bố ${average.declaredPercent?.[String(month)] ?? '–'} % theo ${plan.vi} đang hiệu lực đến ${end.vi}`.replace(
        '.',
        ',',
      ),
      en: `The average is the declared ${average.declaredPercent?.[String(month)] ?? '–'} % of the ${plan.en} in force on ${end.en}`,
    },
  }[average.method];
  const counted = {
    vi: [
      includeCarriedOver ? 'có vốn kéo dài' : 'không gồm vốn kéo dài',
      includeEstimates ? 'có số ước' : 'không gồm số ước',
      ...(excludeProjects.length > 0 ? [`không tính ${excludeProjects.join(', ')}`] : []),
    ].join(', '),
    en: [
      includeCarriedOver ? 'carried-over capital included' : 'without carried-over capital',
      includeEstimates ? 'estimates included' : 'without estimates',
      ...(excludeProjects.length > 0 ? [`without ${excludeProjects.join(', ')}`] : []),
    ].join(', '),
  };
  const silent = {
    pause: { vi: 'tháng chưa báo cáo không tính cũng không xoá', en: 'a month not reported neither counts nor clears' },
    break: { vi: 'tháng chưa báo cáo ngắt chuỗi', en: 'a month not reported breaks the run' },
    'carry-forward': {
      vi: 'tháng chưa báo cáo xét theo số trong sổ',
      en: 'a month not reported is rated by what the books hold',
    },
  }[missing];
  const { minimumGapVnd } = fields;
  const leastGap = {
    vi: minimumGapVnd > 0 ? ` và còn thiếu ít nhất ${minimumGapVnd.toLocaleString('vi-VN')} đồng` : '',
    en: minimumGapVnd > 0 ? ` that lacks at least ${minimumGapVnd.toLocaleString('en-GB')} đồng` : '',
  };
  return {
    vi: `${averageWords.vi}, ${counted.vi}; đơn vị thấp hơn bình quân chung từ ${thresholdMonths} tháng liên tiếp${leastGap.vi} thì vào danh sách, ${silent.vi}.`,
    en: `${averageWords.en}, ${counted.en}; a unit below it for ${thresholdMonths} months running${leastGap.en} joins the list, ${silent.en}.`,
  };
}

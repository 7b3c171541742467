import type { SourceId } from '../sources.ts';

/** Lists whose order is fixed by the document that they come from. */
export const SEQUENCES: readonly { readonly members: readonly string[]; readonly source: SourceId }[] = [
  { members: ['创新', '协调', '绿色', '开放', '共享'], source: 'party-terms' },
  { members: ['富强', '民主', '文明', '和谐', '自由', '平等', '公正', '法治', '爱国', '敬业', '诚信', '友善'], source: 'party-terms' },
  { members: ['不敢腐', '不能腐', '不想腐'], source: 'party-terms' },
  { members: ['政治判断力', '政治领悟力', '政治执行力'], source: 'party-terms' },
  { members: ['“四个意识”', '“四个自信”', '“两个维护”'], source: 'party-terms' },
  { members: ['道路自信', '理论自信', '制度自信', '文化自信'], source: 'party-terms' },
  { members: ['政治意识', '大局意识', '核心意识', '看齐意识'], source: 'party-terms' },
  { members: ['政治建设', '思想建设', '组织建设', '作风建设', '纪律建设'], source: 'party-terms' },
  { members: ['经济建设', '政治建设', '文化建设', '社会建设', '生态文明建设'], source: 'party-terms' },
  { members: ['政治纪律', '组织纪律', '廉洁纪律', '群众纪律', '工作纪律', '生活纪律'], source: 'party-terms' },
  { members: ['全面建设社会主义现代化国家', '全面深化改革', '全面依法治国', '全面从严治党'], source: 'party-terms' },
  { members: ['依法治国', '依法执政', '依法行政'], source: 'party-terms' },
  { members: ['法治国家', '法治政府', '法治社会'], source: 'party-terms' },
  { members: ['科学立法', '严格执法', '公正司法', '全民守法'], source: 'party-terms' },
  { members: ['产业兴旺', '生态宜居', '乡风文明', '治理有效', '生活富裕'], source: 'party-terms' },
  { members: ['产业振兴', '人才振兴', '文化振兴', '生态振兴', '组织振兴'], source: 'party-terms' },
  {
    members: ['马克思列宁主义', '毛泽东思想', '邓小平理论', '“三个代表”重要思想', '科学发展观', '习近平新时代中国特色社会主义思想'],
    source: 'party-terms',
  },
  { members: ['形式主义', '官僚主义', '享乐主义', '奢靡之风'], source: 'party-terms' },
  { members: ['学党史', '悟思想', '办实事', '开新局'], source: 'party-terms' },
  { members: ['学思想', '强党性', '重实践', '建新功'], source: 'party-terms' },
  { members: ['自我净化', '自我完善', '自我革新', '自我提高'], source: 'party-terms' },
  { members: ['党中央', '国务院', '中央军委'], source: 'party-terms' },
];

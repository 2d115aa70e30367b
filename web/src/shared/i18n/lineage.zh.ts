import type { lineageEn } from './lineage.en';

export const lineageZh: typeof lineageEn = {
  title: '数据血缘', subtitle: '从文件的列到指标、分析和客户画像，从一列到所有依赖它的指标、分析和画像列', look: '查看', metric: '指标', analysis: '分析', profile: '画像', column: '列', which_metric: '指标', which_analysis: '分析', which_profile: '画像列', which_column: '列',
  of_metric: '“{{name}}”从哪里来', of_analysis: '“{{name}}”从哪里来', of_profile: '画像列“{{name}}”从哪里来', of_column: '哪些依赖 {{name}}', picture: '血缘图', open: '查看 {{name}}', none: '没有指标、分析或画像列依赖这一列',
  kind: { file: '文件', source_column: '文件的列', column: '标准列', relation: '关系', metric: '指标', analysis: '分析', profile: '画像列' },
};

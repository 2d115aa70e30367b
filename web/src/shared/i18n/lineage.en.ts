export const lineageEn = {
  title: 'Lineage', subtitle: 'From the columns of your files to a figure, an analysis or the customer profile, and from a column to everything that needs it', look: 'Look at', metric: 'A metric', analysis: 'An analysis', profile: 'The profile', column: 'A column', which_metric: 'Metric', which_analysis: 'Analysis', which_profile: 'Column of the profile', which_column: 'Column',
  of_metric: 'Where “{{name}}” comes from', of_analysis: 'Where “{{name}}” comes from', of_profile: 'Where “{{name}}” of the profile comes from', of_column: 'What depends on {{name}}', picture: 'Picture of what is made from what', open: 'Look at {{name}}', none: 'Nothing depends on this column',
  kind: { file: 'Files', source_column: 'Their columns', column: 'Our columns', relation: 'Relations', metric: 'Metrics', analysis: 'Analyses', profile: 'Columns of the profile' },
};

import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { aroundProblem, hintOf, replaced, type Problem } from './records';
import type { Ruling } from './use_rule';

interface ProblemProps {
  rule: string;
  onChange: (rule: string) => void;
}

function Wrong({ rule, problem, onChange }: ProblemProps & { problem: Problem }) {
  const { t } = useTranslation();
  const [before, at, after] = aroundProblem(rule, problem);
  return (
    <li>
      <p><strong>{problem.text}</strong> {hintOf(problem, t)}</p>
      <p className="segments-where">{before}<mark>{at}</mark>{after}</p>
      {problem.replacement !== '' && (
        <button type="button" className="tool" onClick={() => onChange(replaced(rule, problem))}>
          {t('segmenting.replace', { word: problem.replacement })}
        </button>
      )}
    </li>
  );
}

/** Each problem at its place in the text, with the mend. */
export function Problems({ rule, problems, onChange }: ProblemProps & { problems: Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <ul className="segments-problems" role="alert">
      {problems.map((problem, index) => <Wrong key={index} rule={rule} problem={problem} onChange={onChange} />)}
    </ul>
  );
}

/** The rule as text; what is wrong stands under it. */
export function TextEditor({ text, rule }: { text: string; rule: Ruling }) {
  const { t } = useTranslation();
  const { checked } = rule;
  const problems = checked?.problems ?? [];
  return (
    <>
      <Input.TextArea
        value={text} autoSize={{ minRows: 3, maxRows: 12 }} spellCheck={false} className="segments-text" placeholder={t('segmenting.placeholder')}
        aria-label={t('segmenting.rule')} aria-invalid={problems.length > 0} onChange={(event) => rule.write(event.target.value)}
      />
      {text.trim() !== '' && <Problems rule={text} problems={problems} onChange={rule.write} />}
      {checked && checked.rule !== '' && checked.rule !== text && (
        <p className="hint">{t('segmenting.canonical')} <button type="button" className="tool segments-canonical" onClick={() => rule.write(checked.rule)}>{checked.rule}</button></p>
      )}
    </>
  );
}

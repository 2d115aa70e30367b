import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { describedOf, emptyForm, isName, lackingParams, scheduleOf, sortedParams, timingOf, whereArgs } from '@/features/sources/form';
import { Settings } from '@/features/sources/Settings';
import type { Answer, Param, SourceKind } from '@/shared/api/types';

function param(name: string, part: Partial<Param> = {}): Param {
  return { name, type: 'text', doc: { en: `doc of ${name}`, zh: name }, default: '', choices: [], required: false, positional: false, repeated: false, at_least: null, at_most: null, ...part };
}

const kind: SourceKind = {
  name: 'mysql', title: { en: 'MySQL', zh: 'MySQL' }, method: { en: '', zh: '' },
  params: [param('host', { required: true }), param('password', { required: true }), param('port', { type: 'integer', default: '3306' }), param('key', { repeated: true }), param('mode', { type: 'choice', choices: ['a', 'b'] })], secrets: ['password'],
};

describe('a source as a form', () => {
  it('says where the rows are, without what was left empty', () => {
    const form = { ...emptyForm, name: ' shop ', kind: 'mysql', settings: { host: [' db '], port: [], key: ['a', 'b', ' '] }, secrets: { password: ' p=w ', token: '' } };
    expect(whereArgs(form)).toEqual({ name: 'shop', kind: 'mysql', system: '', set: ['host=db', 'key=a', 'key=b'], secret: ['password= p=w '] });
  });

  it('names what must be given; a secret may be kept already', () => {
    expect(lackingParams({ ...emptyForm, kind: 'mysql' }, kind).map((each) => each.name)).toEqual(['host']);
    expect(lackingParams({ ...emptyForm, settings: { host: ['  '] } }, kind)).toHaveLength(1);
    expect(sortedParams(kind).more.map((each) => each.name)).toEqual(['port']);
  });

  it('reads a source that is there, never a secret', () => {
    const rows = [['kind', '', 'mysql'], ['schedule', '', 'daily 04:00'], ['enabled', '', 'false'], ['system', null, null], ['set', 'key', 'a'], ['set', 'key', 'b'], ['secret', 'password', '***'], ['mapping', null, null], ['obeyed', null, 'table: orders\n']];
    const answer = { columns: ['item', 'name', 'value'].map((name) => ({ name })), rows, notes: [] } as unknown as Answer;
    expect(describedOf('shop', answer)).toEqual({
      form: { name: 'shop', kind: 'mysql', settings: { key: ['a', 'b'] }, secrets: {}, schedule: 'daily 04:00', system: '', enabled: false }, kept: ['password'], mapping: '', obeyed: 'table: orders\n',
    });
  });

  it('writes schedules as the program does', () => {
    for (const schedule of ['manual', 'every 15m', 'every 2h', 'every 1d', 'daily 03:30']) expect(scheduleOf(timingOf(schedule))).toBe(schedule);
  });

  it('takes the names that the program takes', () => {
    expect(['pos', 'a_b-1', '-a', 'a b', '店', ''].map(isName)).toEqual([true, true, false, false, false, false]);
  });
});

describe('the fields of a kind', () => {
  it('are those that it declares; a secret is typed unseen', () => {
    const heard = vi.fn();
    render(<Settings kind={kind} form={{ ...emptyForm, kind: 'mysql' }} kept={['password']} onChange={heard} />);
    const password = screen.getByLabelText('password');
    expect(password.getAttribute('type')).toBe('password');
    expect(password.getAttribute('placeholder')).toBe('kept; leave empty to keep it');
    fireEvent.change(password, { target: { value: 'x' } });
    expect(heard).toHaveBeenLastCalledWith(expect.objectContaining({ secrets: { password: 'x' }, settings: {} }));
    fireEvent.change(screen.getByLabelText(/^host/), { target: { value: 'db' } });
    expect(heard).toHaveBeenLastCalledWith(expect.objectContaining({ settings: { host: ['db'] } }));
    expect(screen.getByText('1 more setting')).toBeTruthy();
  }, 60_000);
});

import type { zhCN } from './zh-CN.ts';

type Chinese = typeof zhCN;

/** The shape of zh-CN with every leaf a string, and beside each `…_other` a `…_one` for languages that tell one from many. */
type Shape<Words> = Words extends string
  ? string
  : { readonly [Key in keyof Words]: Shape<Words[Key]> } & {
      readonly [Key in keyof Words as Key extends `${infer Stem}_other` ? `${Stem}_one` : never]: string;
    };

/** What a language other than Chinese must say: a missing key is a compile error. */
export type Translation = Shape<Chinese>;

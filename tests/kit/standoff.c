/* The reference standoff: tree and closed form. */
#include "kit/standoff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit/games.h"

const char *const kit_standoff_names[KIT_CLASSES] = {"E0", "E1", "E2", "E3a", "E3b", "E3c", "E4H", "E4S"};

static fmpq *all(kit_standoff *s, int i)
{
    fmpq *const field[10] = {&s->pi, &s->rho, &s->a, &s->m, &s->kH, &s->kS, &s->l, &s->nH, &s->nS, &s->e};
    return field[i];
}

void kit_standoff_init(kit_standoff *s)
{
    static const int at[10][2] = {{1, 2},  {1, 2}, {3, 10}, {2, 5},  {1, 5},
                                  {9, 10}, {3, 5}, {3, 10}, {9, 10}, {-1, 5}};
    for (int i = 0; i < 10; i++) {
        fmpq_init(all(s, i));
        fmpq_set_si(all(s, i), at[i][0], (ulong)at[i][1]);
    }
}

void kit_standoff_clear(kit_standoff *s)
{
    for (int i = 0; i < 10; i++)
        fmpq_clear(all(s, i));
}

void kit_standoff_random(kit_standoff *s, uint64_t *state)
{
    static const int lo[10] = {10, 10, 0, 10, 0, 50, 30, 3, 30, -50},
                     hi[10] = {90, 90, 100, 90, 50, 150, 100, 100, 200, 20};
    do
        for (int i = 0; i < 10; i++) /* in hundredths */
            fmpq_set_si(all(s, i), lo[i] * 997L + (long)(kit_random(state) % 998) * (hi[i] - lo[i]), 99700);
    while (fmpq_cmp(&s->nH, &s->l) >= 0 || fmpq_cmp(&s->l, &s->nS) >= 0);
}

static void text(char *out, const fmpq *x, bool minus, bool rest)
{
    fmpq_t y;
    fmpq_init(y);
    fmpq_set(y, x);
    if (minus || rest)
        fmpq_neg(y, y);
    if (rest)
        fmpq_add_si(y, y, 1);
    fmpq_get_str(out, 10, y);
    fmpq_clear(y);
}

dtn_tree *kit_standoff_tree(dtn_ctx *ctx, const kit_standoff *s, bool typed)
{
    char out[8000], pi[2][40], rho[2][40], a[40], m[40], k[2][40], l[40], n[2][40], e[40], *at = out;
    text(pi[0], &s->pi, false, false);
    text(pi[1], &s->pi, false, true);
    text(rho[0], &s->rho, false, false);
    text(rho[1], &s->rho, false, true);
    text(a, &s->a, true, false);
    text(m, &s->m, false, false);
    text(k[0], &s->kH, true, false);
    text(k[1], &s->kS, true, false);
    text(l, &s->l, true, false);
    text(n[0], &s->nH, true, false);
    text(n[1], &s->nS, true, false);
    text(e, &s->e, false, false);
    if (!typed) { /* one chance move over the four draws */
        at += sprintf(at, "c");
        fmpq_t p;
        fmpq_init(p);
        for (int d = 0; d < 4; d++) {
            char factor[40];
            fmpq_set_str(p, pi[d / 2], 10);
            fmpq_t q;
            fmpq_init(q);
            fmpq_set_str(q, rho[d % 2], 10);
            fmpq_mul(p, p, q);
            fmpq_clear(q);
            fmpq_get_str(factor, 10, p);
            at += sprintf(at, " %s", factor);
        }
        at += sprintf(at, " ;");
        fmpq_clear(p);
    } else {
        at += sprintf(at, "c %s %s ;", pi[0], pi[1]);
    }
    for (int t = 0; t < 2; t++) {
        if (typed)
            at += sprintf(at, "c %s %s ;", rho[0], rho[1]);
        for (int q = 0; q < 2; q++) {
            char tp[16] = "", tq[16] = "", P = t ? 'S' : 'H', Q = q ? 'S' : 'H';
            if (typed) {
                sprintf(tp, "/%d", t);
                sprintf(tq, "/%d", q);
            }
            at += sprintf(
                at,
                "p 1%s answer.%c engage reject ; t engaged 1 %s ; p 0%s reaction.%c carry drop ; p 1%s "
                "counter.%c accommodate counter ; t accommodated %s %s ; t clash %s %s ; t dropped %s 0 ;",
                tq, Q, e, tp, P, tq, Q, m, l, k[t], n[q], a);
        }
    }
    return kit_prefix_tree(ctx, 2, out);
}

/* (m + a) / (m + k) */
static void most_hard(fmpq_t out, const kit_standoff *s, const fmpq *k)
{
    fmpq_t below;
    fmpq_init(below);
    fmpq_add(out, &s->m, &s->a);
    fmpq_add(below, &s->m, k);
    fmpq_div(out, out, below);
    fmpq_clear(below);
}

typedef struct form {
    fmpq tH, tS, hH, hS, one, carry, reject;
    bool edge;
} form;

/* x < y; equality marks the boundary. */
static bool less(form *f, const fmpq *x, const fmpq *y)
{
    int order = fmpq_cmp(x, y);
    f->edge = f->edge || order == 0;
    return order < 0;
}

static kit_standoff_class classify(const kit_standoff *s, form *f)
{
    fmpq_t zero;
    fmpq_init(zero);
    bool accept = less(f, zero, &s->e);
    fmpq_clear(zero);
    if (accept)
        return KIT_E0;
    if (!less(f, &s->a, &s->kS)) {
        if (less(f, &f->hH, &f->one))
            return KIT_E1;
        return less(f, &f->hS, &f->one) ? KIT_E2 : KIT_E3C;
    }
    if (!less(f, &s->a, &s->kH) && less(f, &f->hH, &s->pi))
        return KIT_E1;
    if (less(f, &s->a, &s->kH) && less(f, &f->tH, &s->rho))
        return KIT_E3A;
    if (less(f, &f->hS, &s->pi))
        return less(f, &s->a, &s->kH) ? KIT_E4H : KIT_E2;
    if (less(f, &f->tS, &s->rho))
        return KIT_E3B;
    return less(f, &f->hS, &f->one) ? KIT_E4S : KIT_E3C;
}

/* outcome: engaged, accommodated, clash, dropped, when hard Q rejects with probability `hard`, soft Q with f->reject, and P
 * carries out with f->carry. */
static void fill(fmpq *outcome, const kit_standoff *s, const form *f, bool hard)
{
    fmpq_t soft, stern;
    fmpq_init(soft);
    fmpq_init(stern);
    fmpq_sub(soft, &f->one, &s->rho);
    fmpq_mul(soft, soft, &f->reject);
    if (hard)
        fmpq_set(stern, &s->rho);
    fmpq_mul(&outcome[1], soft, &f->carry);
    fmpq_mul(&outcome[2], stern, &f->carry);
    fmpq_add(&outcome[0], soft, stern);
    fmpq_sub(&outcome[3], &outcome[0], &outcome[1]);
    fmpq_sub(&outcome[3], &outcome[3], &outcome[2]);
    fmpq_sub(&outcome[0], &f->one, &outcome[0]);
    fmpq_clear(soft);
    fmpq_clear(stern);
}

/* rho (1 - t) / ((1 - rho) t) */
static void soft_rejects(form *f, const kit_standoff *s, const fmpq *t)
{
    fmpq_t below;
    fmpq_init(below);
    fmpq_sub(&f->reject, &f->one, t);
    fmpq_mul(&f->reject, &f->reject, &s->rho);
    fmpq_sub(below, &f->one, &s->rho);
    fmpq_mul(below, below, t);
    fmpq_div(&f->reject, &f->reject, below);
    fmpq_clear(below);
}

bool kit_standoff_answer(const kit_standoff *s, kit_standoff_class *class, fmpq *outcome)
{
    form f = {.edge = false};
    fmpq *const field[7] = {&f.tH, &f.tS, &f.hH, &f.hS, &f.one, &f.carry, &f.reject};
    for (int i = 0; i < 7; i++)
        fmpq_init(field[i]);
    fmpq_one(&f.one);
    most_hard(&f.tH, s, &s->kH);
    most_hard(&f.tS, s, &s->kS);
    fmpq_div(&f.hH, &s->e, &s->nH);
    fmpq_neg(&f.hH, &f.hH);
    fmpq_div(&f.hS, &s->e, &s->l);
    fmpq_neg(&f.hS, &f.hS);
    *class = classify(s, &f);
    if (*class == KIT_E2 || *class == KIT_E3B)
        fmpq_set(&f.carry, less(&f, &s->a, &s->kS) ? &s->pi : &f.one);
    if (*class == KIT_E3C)
        fmpq_one(&f.carry);
    if (*class == KIT_E3A || *class == KIT_E3B || *class == KIT_E3C)
        fmpq_one(&f.reject);
    if (*class == KIT_E4H || *class == KIT_E4S) {
        fmpq_set(&f.carry, &f.hS);
        soft_rejects(&f, s, *class == KIT_E4H ? &f.tH : &f.tS);
    }
    fill(outcome, s, &f, *class != KIT_E0 && *class != KIT_E1);
    for (int i = 0; i < 7; i++)
        fmpq_clear(field[i]);
    return !f.edge;
}

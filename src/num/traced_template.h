/* Puts traced numbers (num/traced.h) in the place of rationals: force-included before sources that are compiled a second time, whose
 * own functions are renamed by traced_names.h, made from them (cmake/traced_names.cmake).
 *
 * What is not named here works on both: setting, copying, swapping, clearing. tools/check_traced.py sees to it that the
 * sources use nothing else. */
#ifndef DTN_NUM_TRACED_TEMPLATE_H
#define DTN_NUM_TRACED_TEMPLATE_H

#include "num/traced.h"
#include "traced_names.h"

#define fmpq_add dtn_traced_add
#define fmpq_sub dtn_traced_sub
#define fmpq_mul dtn_traced_mul
#define fmpq_div dtn_traced_div
#define fmpq_neg dtn_traced_neg
#define fmpq_abs dtn_traced_abs
#define fmpq_inv dtn_traced_inv
#define fmpq_addmul dtn_traced_addmul
#define fmpq_submul dtn_traced_submul
#define fmpq_add_si dtn_traced_add_si
#define fmpq_sub_si dtn_traced_sub_si
#define fmpq_mul_si dtn_traced_mul_si
#define fmpq_mul_2exp dtn_traced_mul_2exp
#define fmpq_div_2exp dtn_traced_div_2exp
#define fmpq_pow_si dtn_traced_pow_si
#define fmpq_sgn dtn_traced_sgn
#define fmpq_cmp dtn_traced_cmp
#define fmpq_cmp_si dtn_traced_cmp_si
#define fmpq_cmp_ui dtn_traced_cmp_ui
#define fmpq_equal dtn_traced_equal
#define fmpq_is_zero dtn_traced_is_zero
#define fmpq_is_one dtn_traced_is_one
#define fmpq_mat_rref dtn_traced_mat_rref
#define dtn_lp_maximise dtn_traced_lp_maximise
#define dtn_polysystem_solve dtn_traced_polysystem_solve

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The bench of bench.h on another emulator: qemu-system-arm as a black box, a process whose RAM is
 * shared with us.  A run there ends in the same terms as one of bench_run().
 */
#ifndef TESTS_ISA_QEMU_BENCH_H
#define TESTS_ISA_QEMU_BENCH_H

#include "tests/isa/bench.h"

typedef struct QemuBench QemuBench;

/* NULL: there is no qemu-system-arm, or it does not answer. */
QemuBench *qemu_bench_new(const ArmModel *model);
/* What it runs. */
const void *qemu_bench_runner(unsigned *size);
void       qemu_bench_free(QemuBench *q);
/* size is at most QEMU_CODE_SIZE.  Data stays between runs. */
void       qemu_bench_start(QemuBench *q, const void *code, unsigned size, const BenchState *in);
void       qemu_bench_finish(QemuBench *q, BenchState *out);
uint8_t   *qemu_bench_data(QemuBench *q);

enum { QEMU_CODE_SIZE = 256 };

#endif

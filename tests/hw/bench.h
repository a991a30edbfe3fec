/* SPDX-License-Identifier: MIT */
/*
 * A bench: one device alone, with meters on its pins.
 *
 *     static void rx_raises_interrupt(Bench *b)
 *     {
 *         bench_write(b, UARTIMSC, INT_RX);
 *         bench_type(b, "A");
 *         g_assert_true(bench_irq(b, 0));
 *     }
 *
 *     int main(int argc, char **argv)
 *     {
 *         bench_init(&argc, &argv);
 *         BENCH_TEST(rx_raises_interrupt, "pl011", "clock=1000000");
 *         return g_test_run();
 *     }
 *
 * The bench has stepped time that begins at 0, 16 MiB of RAM at address 0 for DMA masters, a
 * character port of memory on every PROP_CHAR, and, for links, further devices by bench_add().
 * Input that the device could not take at once is delivered before the next bench call returns.
 */
#pragma once
#include <glib.h>
#include "io/char.h"
#include "system/device.h"

#define BENCH_RAM (16 * MiB)

typedef struct Bench {
    Device       *dev;          /* the one under test */
    CharPort     *port;         /* of its first PROP_CHAR */
    AddressSpace  as;
    MemoryRegion  root, ram;
    GPtrArray    *devices;      /* all, dev last */
    GHashTable   *ports;        /* name -> CharPort * */
    GString      *output;
    unsigned      edges[64];    /* rising edges seen on each output of dev */
} Bench;

void bench_init(int *argc, char ***argv);

/* Properties as "key=value"; the device is realized and reset.  A failure ends the test. */
#define bench_new(...) bench_new_from(NULL, __VA_ARGS__, NULL)
Bench *bench_new_from(Bench *b, const char *type, ...) G_GNUC_NULL_TERMINATED;
void bench_free(Bench *b);
/* For a test that needs a neighbour of its device: an empty bench, bench_add() each, the device
 * under test last by bench_finish(). */
Bench *bench_empty(void);
#define bench_add(b, id, ...) bench_add_device(b, id, __VA_ARGS__, NULL)
Device *bench_add_device(Bench *b, const char *id, const char *type, ...) G_GNUC_NULL_TERMINATED;
#define bench_finish(b, ...) bench_new_from(b, __VA_ARGS__, NULL)
/* What a PROP_DRIVE or PROP_NET of this value becomes; for all benches made from then on. */
void bench_provide(const char *name, void *pointer);

/* Registers of window 0, 32 bits; others by window and size. */
uint32_t bench_read(Bench *b, uint64_t off);
void bench_write(Bench *b, uint64_t off, uint32_t value);
uint64_t bench_read_at(Bench *b, unsigned window, uint64_t off, unsigned size);
void bench_write_at(Bench *b, unsigned window, uint64_t off, uint64_t value, unsigned size);

bool bench_irq(Bench *b, unsigned n);
/* Rising edges of output n since the last call. */
unsigned bench_edges(Bench *b, unsigned n);
/* Level on an input, by number or name: "3", "enable", "ppi[2]". */
void bench_input(Bench *b, const char *input, int level);

void bench_type(Bench *b, const char *text);
void bench_type_bytes(Bench *b, const void *bytes, unsigned len);
/* What the device has printed since the last call; good until the next one. */
const char *bench_output(Bench *b);

void bench_step(Bench *b, int64_t ns);
void bench_reset(Bench *b);
/* Saves, resets, loads, saves again: both must be the same bytes. */
void bench_round_trip(Bench *b);

/* The bytes of the bench's RAM. */
uint8_t *bench_ram(Bench *b);

/* BENCH_TEST(function, "type", "prop=value"...): registers "/hw/<type>/<function>". */
#define BENCH_TEST(fn, ...) bench_test(#fn, fn, __VA_ARGS__, NULL)
void bench_test(const char *name, void (*fn)(Bench *b), const char *type, ...)
    G_GNUC_NULL_TERMINATED;

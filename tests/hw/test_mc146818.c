/* SPDX-License-Identifier: MIT */
/*
 * The PC's clock on the bench.  Behaviour is that of the Motorola MC146818A data sheet.
 */
#include "hw/rtc/mc146818.h"
#include "tests/hw/bench.h"

enum {
    SECONDS, SECONDS_ALARM, MINUTES, MINUTES_ALARM, HOURS, HOURS_ALARM, WEEKDAY, DAY, MONTH, YEAR,
    REG_A, REG_B, REG_C, REG_D, CENTURY = 0x32,
    SET = 0x80, PIE = 0x40, AIE = 0x20, UIE = 0x10, DM = 0x04, H24 = 0x02,
};

static void set(Bench *b, uint8_t i, uint8_t v)
{
    bench_write_at(b, 0, 0, i, 1);
    bench_write_at(b, 0, 1, v, 1);
}

static uint8_t get(Bench *b, uint8_t i)
{
    bench_write_at(b, 0, 0, i, 1);
    return bench_read_at(b, 0, 1, 1);
}

/* Sets the clock, in BCD and 24 hours: 0x19991231, 0x235958. */
static void set_clock(Bench *b, uint32_t date, uint32_t time, uint8_t mode)
{
    set(b, REG_B, SET | mode);
    set(b, CENTURY, date >> 24);
    set(b, YEAR, date >> 16);
    set(b, MONTH, date >> 8);
    set(b, DAY, date);
    set(b, HOURS, time >> 16);
    set(b, MINUTES, time >> 8);
    set(b, SECONDS, time);
    set(b, REG_B, mode);
}

static uint32_t date_of(Bench *b)
{
    return (uint32_t)get(b, CENTURY) << 24 | get(b, YEAR) << 16 | get(b, MONTH) << 8 | get(b, DAY);
}

static uint32_t time_of(Bench *b)
{
    return get(b, HOURS) << 16 | get(b, MINUTES) << 8 | get(b, SECONDS);
}

static void time_of_day(Bench *b)
{
    clock_rtc_set(INT64_C(951868799) * NS_PER_SEC, true);      /* 2000-02-29 23:59:59, a Tuesday */
    g_assert_cmphex(date_of(b), ==, 0x20000229);
    g_assert_cmphex(time_of(b), ==, 0x235959);
    g_assert_cmphex(get(b, WEEKDAY), ==, 3);
    bench_step(b, NS_PER_SEC);
    g_assert_cmphex(date_of(b), ==, 0x20000301);
    g_assert_cmphex(time_of(b), ==, 0x000000);
    g_assert_cmphex(get(b, REG_D), ==, 0x80);
}

static void setting_and_carry(Bench *b)
{
    set_clock(b, 0x19991231, 0x235958, H24);
    set(b, WEEKDAY, 6);                                         /* it was a Friday */
    g_assert_cmphex(time_of(b), ==, 0x235958);
    bench_step(b, 2 * NS_PER_SEC);
    g_assert_cmphex(date_of(b), ==, 0x20000101);
    g_assert_cmphex(time_of(b), ==, 0);
    g_assert_cmphex(get(b, WEEKDAY), ==, 7);
    set(b, HOURS, 0x17);                                        /* without SET, too */
    g_assert_cmphex(time_of(b), ==, 0x170000);
}

static void every_year(Bench *b)
{
    set_clock(b, 0x19000228, 0x235959, H24);                    /* no leap year */
    bench_step(b, NS_PER_SEC);
    g_assert_cmphex(date_of(b), ==, 0x19000301);
    set_clock(b, 0x23991231, 0x235959, H24);
    bench_step(b, NS_PER_SEC);
    g_assert_cmphex(date_of(b), ==, 0x24000101);
}

static void binary_and_12_hours(Bench *b)
{
    set_clock(b, 0x20240517, 0x234512, H24);
    set(b, REG_B, DM | H24);
    g_assert_cmphex(time_of(b), ==, (23 << 16 | 45 << 8 | 12));
    g_assert_cmphex(date_of(b), ==, (20u << 24 | 24 << 16 | 5 << 8 | 17));
    set(b, REG_B, 0);
    g_assert_cmphex(time_of(b), ==, 0x914512);                  /* 11 PM */
    bench_step(b, 3600 * NS_PER_SEC);
    g_assert_cmphex(time_of(b), ==, 0x124512);                  /* midnight is 12 AM */
    set(b, HOURS, 0x92);
    set(b, REG_B, H24);
    g_assert_cmphex(get(b, HOURS), ==, 0x12);
}

static void set_holds_the_time(Bench *b)
{
    set_clock(b, 0x20240517, 0x101010, H24);
    set(b, REG_B, SET | H24);
    bench_step(b, 5 * NS_PER_SEC);
    g_assert_cmphex(time_of(b), ==, 0x101010);
    g_assert_cmphex(get(b, REG_C) & 0x30, ==, 0);                      /* no updates */
    set(b, REG_B, H24);
    bench_step(b, NS_PER_SEC);
    g_assert_cmphex(time_of(b), ==, 0x101011);
}

static void update_in_progress(Bench *b)
{
    bench_step(b, NS_PER_SEC - clock_now(CLOCK_RTC) % NS_PER_SEC);
    g_assert_cmphex(get(b, REG_A), ==, 0x26);
    bench_step(b, 997 * NS_PER_MS);
    g_assert_cmphex(get(b, REG_A), ==, 0x26);
    bench_step(b, NS_PER_MS);
    g_assert_cmphex(get(b, REG_A), ==, 0xa6);
    uint8_t second = get(b, SECONDS);
    bench_step(b, 2 * NS_PER_MS);
    g_assert_cmphex(get(b, REG_A), ==, 0x26);
    g_assert_cmphex(get(b, SECONDS), !=, second);
}

static void divider_starts_in_half_a_second(Bench *b)
{
    set(b, REG_A, 0x76);
    bench_step(b, 777 * NS_PER_MS);
    uint8_t second = get(b, SECONDS);
    bench_step(b, 3 * NS_PER_SEC);
    g_assert_cmphex(get(b, SECONDS), ==, second);
    set(b, REG_A, 0x26);
    bench_step(b, 499 * NS_PER_MS);
    g_assert_cmphex(get(b, SECONDS), ==, second);
    bench_step(b, 2 * NS_PER_MS);
    g_assert_cmphex(get(b, SECONDS), !=, second);
}

static void update_interrupt(Bench *b)
{
    get(b, REG_C);
    set(b, REG_B, H24 | UIE);
    bench_step(b, NS_PER_SEC);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(get(b, REG_C) & ~0x40, ==, 0x90);
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(get(b, REG_C), ==, 0);
    bench_edges(b, 0);
    for (unsigned i = 0; i < 100; i++) {
        bench_step(b, NS_PER_SEC / 10);
        get(b, REG_C);
    }
    g_assert_cmpuint(bench_edges(b, 0), ==, 10);
}

static void flags_without_interrupts(Bench *b)
{
    set_clock(b, 0x20240517, 0x101010, H24);
    set(b, SECONDS_ALARM, 0x12);
    set(b, MINUTES_ALARM, 0xff);
    set(b, HOURS_ALARM, 0xff);
    get(b, REG_C);
    bench_step(b, NS_PER_SEC);
    g_assert_cmphex(get(b, REG_C) & ~0x40, ==, 0x10);
    bench_step(b, NS_PER_SEC);
    g_assert_cmphex(get(b, REG_C) & ~0x40, ==, 0x30);
    g_assert_false(bench_irq(b, 0));
}

static void alarm_at_a_time(Bench *b)
{
    set_clock(b, 0x20240517, 0x101010, H24);
    set(b, SECONDS_ALARM, 0x05);
    set(b, MINUTES_ALARM, 0x09);
    set(b, HOURS_ALARM, 0x08);                                  /* tomorrow */
    get(b, REG_C);
    set(b, REG_B, H24 | AIE);
    int64_t wait = (24 - 2) * 3600 - 60 - 5;
    bench_step(b, (wait - 1) * NS_PER_SEC);
    g_assert_false(bench_irq(b, 0));
    bench_step(b, NS_PER_SEC);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(time_of(b), ==, 0x080905);
    g_assert_cmphex(get(b, REG_C) & 0xa0, ==, 0xa0);
    bench_step(b, 86400 * NS_PER_SEC);
    g_assert_true(bench_irq(b, 0));
}

static void alarm_every_minute(Bench *b)
{
    set_clock(b, 0x20240517, 0x101010, H24);
    set(b, SECONDS_ALARM, 0x30);
    set(b, MINUTES_ALARM, 0xc0);
    set(b, HOURS_ALARM, 0xc0);
    get(b, REG_C);
    set(b, REG_B, H24 | AIE);
    bench_edges(b, 0);
    for (unsigned i = 0; i < 600; i++) {
        bench_step(b, NS_PER_SEC);
        get(b, REG_C);
    }
    g_assert_cmpuint(bench_edges(b, 0), ==, 10);
    set(b, MINUTES_ALARM, 0x61);                                /* no such minute */
    bench_step(b, 86400 * NS_PER_SEC);
    g_assert_cmphex(get(b, REG_C) & 0x20, ==, 0);
}

static void periodic_rates(Bench *b)
{
    static const uint16_t hz[16] = { 0, 256, 128, 8192, 4096, 2048, 1024, 512, 256, 128, 64, 32, 16,
                                     8, 4, 2 };
    for (unsigned rs = 0; rs < 16; rs++) {
        set(b, REG_A, 0x20 | rs);
        set(b, REG_B, H24 | PIE);
        get(b, REG_C);
        bench_edges(b, 0);
        unsigned steps = 20000;
        for (unsigned i = 0; i < steps && hz[rs] <= 1024; i++) {
            bench_step(b, NS_PER_SEC / steps);
            if (bench_irq(b, 0)) {
                g_assert_cmphex(get(b, REG_C) & 0xc0, ==, 0xc0);
            }
        }
        if (hz[rs] <= 1024) {
            g_assert_cmpuint(bench_edges(b, 0), ==, hz[rs]);
        }
    }
}

static void periodic_waits_for_register_c(Bench *b)
{
    set(b, REG_B, H24 | PIE);
    get(b, REG_C);
    bench_edges(b, 0);
    bench_step(b, NS_PER_SEC);
    g_assert_cmpuint(bench_edges(b, 0), ==, 1);
    g_assert_true(bench_irq(b, 0));
    set(b, REG_B, H24);
    g_assert_false(bench_irq(b, 0));
    set(b, REG_B, H24 | PIE);
    g_assert_true(bench_irq(b, 0));                             /* the flag is still there */
}

static void memory(Bench *b)
{
    for (unsigned i = 0x0e; i < 0x80; i++) {
        if (i != CENTURY) {
            set(b, i, i ^ 0x5a);
        }
    }
    mc146818_set_cmos(b->dev, 0x15, 0x80);
    bench_reset(b);
    for (unsigned i = 0x0e; i < 0x80; i++) {
        if (i != CENTURY) {
            g_assert_cmphex(get(b, 0x80 | i), ==, i == 0x15 ? 0x80 : i ^ 0x5a);
            g_assert_cmphex(mc146818_get_cmos(b->dev, i), ==, i == 0x15 ? 0x80 : i ^ 0x5a);
        }
    }
}

static void reset_keeps_the_time(Bench *b)
{
    set_clock(b, 0x20240517, 0x101010, H24 | DM);
    set(b, REG_B, H24 | UIE | PIE | AIE);
    bench_step(b, NS_PER_SEC);
    g_assert_true(bench_irq(b, 0));
    bench_reset(b);
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(get(b, REG_B), ==, H24);
    g_assert_cmphex(get(b, REG_C), ==, 0);
}

static void impossible_dates(Bench *b)
{
    static const uint32_t dates[] = { 0xffffffff, 0, 0x99999999, 0x20240000, 0x20240230 };
    for (unsigned i = 0; i < ARRAY_SIZE(dates); i++) {
        set_clock(b, dates[i], 0xffffff, H24);
        set(b, WEEKDAY, dates[i]);
        bench_step(b, NS_PER_SEC);
        g_assert_cmphex(get(b, MONTH), >=, 1);
        g_assert_cmphex(get(b, MONTH), <=, 0x12);
    }
    g_assert_cmphex(get(b, WEEKDAY), <=, 7);
}

static void survives_a_snapshot(Bench *b)
{
    set_clock(b, 0x20240517, 0x101010, H24);
    get(b, REG_C);
    set(b, REG_B, H24 | UIE | PIE);
    bench_step(b, NS_PER_MS * 500);
    bench_round_trip(b);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(get(b, REG_C) & 0xc0, ==, 0xc0);
    bench_step(b, NS_PER_SEC);
    g_assert_cmphex(get(b, REG_C) & 0x90, ==, 0x90);
    g_assert_cmphex(time_of(b), ==, 0x101011);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(time_of_day, "mc146818");
    BENCH_TEST(setting_and_carry, "mc146818");
    BENCH_TEST(every_year, "mc146818");
    BENCH_TEST(binary_and_12_hours, "mc146818");
    BENCH_TEST(set_holds_the_time, "mc146818");
    BENCH_TEST(update_in_progress, "mc146818");
    BENCH_TEST(divider_starts_in_half_a_second, "mc146818");
    BENCH_TEST(update_interrupt, "mc146818");
    BENCH_TEST(flags_without_interrupts, "mc146818");
    BENCH_TEST(alarm_at_a_time, "mc146818");
    BENCH_TEST(alarm_every_minute, "mc146818");
    BENCH_TEST(periodic_rates, "mc146818");
    BENCH_TEST(periodic_waits_for_register_c, "mc146818");
    BENCH_TEST(memory, "mc146818");
    BENCH_TEST(reset_keeps_the_time, "mc146818");
    BENCH_TEST(impossible_dates, "mc146818");
    BENCH_TEST(survives_a_snapshot, "mc146818");
    return g_test_run();
}

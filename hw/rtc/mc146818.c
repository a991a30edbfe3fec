/* SPDX-License-Identifier: MIT */
/*
 * MC146818 real time clock with 128 bytes of memory, as in the PC/AT.
 * Implements: Motorola MC146818A data sheet; the century at index 0x32 and the index port (0x70,
 * data at 0x71) as the PC has them.
 *
 * The divider chain is the time of day (CLOCK_RTC) plus a phase, the time its seconds plus an offset
 * that setting it changes; while SET or the divider's reset holds the clock the registers are bytes.  Update, alarm and periodic flags are
 * found out when register C is read, and a timer runs only for those that may interrupt.
 * Choices: the time base is always the PC's 32768 Hz.  The clock's registers take what is written,
 * and what is no date becomes the date it would be by counting on (February 30 is March 2).  After
 * the divider's reset the first update comes in half a second.  Periodic interrupts that the host
 * slept over are told as one.  Index bit 7, the NMI mask, is stored.
 * Not here: the square wave output, daylight saving (DSE is stored).
 */
#include "hw/rtc/mc146818.h"

enum {
    SECONDS, SECONDS_ALARM, MINUTES, MINUTES_ALARM, HOURS, HOURS_ALARM, WEEKDAY, DAY, MONTH, YEAR,
    REG_A, REG_B, REG_C, REG_D, CENTURY = 0x32, N_BYTES = 128,
};
enum {
    A_UIP = 0x80, A_DV = 0x70, A_DV_32768 = 0x20, A_DV_RESET = 0x60, A_RS = 0x0f,
    B_SET = 0x80, B_PIE = 0x40, B_AIE = 0x20, B_UIE = 0x10, B_SQWE = 0x08, B_DM = 0x04,
    B_24H = 0x02,
    C_IRQF = 0x80, C_PF = 0x40, C_AF = 0x20, C_UF = 0x10,
    D_VRT = 0x80,
    DONT_CARE = 0xc0, PM = 0x80, NMI_MASK = 0x80,
};
enum { HZ = 32768, DAY_SECONDS = 86400 };
/* UIP comes 244 us before the update, which takes 1984 us. */
#define UPDATE_NS (2228 * NS_PER_US)

typedef struct Mc146818 {
    Device  dev;
    IrqLine irq;
    Timer   second, periodic;
    uint8_t index;
    uint8_t cmos[N_BYTES];              /* registers A to D and all that is not time */
    int64_t phase;                      /* 0 to 999999999: the divider chain's ns - CLOCK_RTC */
    int64_t offset;                     /* the time's seconds - the chain's */
    int64_t seen;                       /* the clock's second up to which flags are known */
    int64_t seen_period;                /* the same in periods of the periodic interrupt */
    uint8_t weekday_shift;              /* the weekday shown - the calendar's */
} Mc146818;
#define RTC(d) DEVICE_AS(Mc146818, d)

/* --- Dates ------------------------------------------------------------------------------------ */

typedef struct Date {
    int64_t year;
    unsigned month, day, hour, minute, second;
} Date;

/* Days since 1970-01-01 of a date of the Gregorian calendar: years begin in March here, so that the
 * leap day is the last. */
static int64_t days_of(int64_t year, unsigned month, unsigned day)
{
    int64_t y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400, m = (month + 9) % 12;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * m + 2) / 5 + day - 1 -
           719468;
}

static Date date_of(int64_t seconds)
{
    int64_t days = seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0), z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100), m = (5 * of_year + 2) / 153;
    unsigned of_day = seconds - days * DAY_SECONDS;
    return (Date) {
        .year = year + era * 400 + (m >= 10), .month = m < 10 ? m + 3 : m - 9,
        .day = of_year - (153 * m + 2) / 5 + 1,
        .hour = of_day / 3600, .minute = of_day / 60 % 60, .second = of_day % 60,
    };
}

/* 0: Sunday */
static unsigned weekday_of(int64_t seconds)
{
    int64_t days = seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
    return ((days + 4) % 7 + 7) % 7;
}

/* --- Bytes ------------------------------------------------------------------------------------ */

static uint8_t to_byte(const Mc146818 *s, unsigned v)
{
    return s->cmos[REG_B] & B_DM ? v : v / 10 % 10 << 4 | v % 10;
}

static unsigned from_byte(const Mc146818 *s, uint8_t b)
{
    return s->cmos[REG_B] & B_DM ? b : (b >> 4) * 10 + (b & 15);
}

static uint8_t to_hour(const Mc146818 *s, unsigned hour)
{
    if (s->cmos[REG_B] & B_24H) {
        return to_byte(s, hour);
    }
    return to_byte(s, hour % 12 ? hour % 12 : 12) | (hour >= 12 ? PM : 0);
}

static unsigned from_hour(const Mc146818 *s, uint8_t b)
{
    if (s->cmos[REG_B] & B_24H) {
        return from_byte(s, b);
    }
    return from_byte(s, b & ~PM) % 12 + (b & PM ? 12 : 0);
}

/* --- The clock -------------------------------------------------------------------------------- */

static bool divider_reset(const Mc146818 *s)
{
    return (s->cmos[REG_A] & A_DV_RESET) == A_DV_RESET;
}

/* Is the time only bytes at present? */
static bool held(const Mc146818 *s)
{
    return s->cmos[REG_B] & B_SET || divider_reset(s);
}

static int64_t chain_ns(const Mc146818 *s)
{
    return clock_now(CLOCK_RTC) + s->phase;
}

static int64_t now_seconds(const Mc146818 *s)
{
    return chain_ns(s) / NS_PER_SEC + s->offset;
}

/* The time as the registers show it. */
static void show_time(Mc146818 *s, int64_t seconds)
{
    Date d = date_of(seconds);
    s->cmos[SECONDS] = to_byte(s, d.second);
    s->cmos[MINUTES] = to_byte(s, d.minute);
    s->cmos[HOURS] = to_hour(s, d.hour);
    s->cmos[WEEKDAY] = to_byte(s, (weekday_of(seconds) + s->weekday_shift) % 7 + 1);
    s->cmos[DAY] = to_byte(s, d.day);
    s->cmos[MONTH] = to_byte(s, d.month);
    s->cmos[YEAR] = to_byte(s, d.year % 100);
    s->cmos[CENTURY] = to_byte(s, d.year / 100);
}

/* The registers become the time; the fraction of the second goes on. */
static void take_time(Mc146818 *s)
{
    unsigned month = from_byte(s, s->cmos[MONTH]);
    month = CLAMP(month, 1, 12);
    int64_t year = from_byte(s, s->cmos[CENTURY]) * 100 + from_byte(s, s->cmos[YEAR]);
    int64_t seconds = days_of(year, month, 1) * DAY_SECONDS;
    seconds += ((int64_t)from_byte(s, s->cmos[DAY]) - 1) * DAY_SECONDS;
    seconds += from_hour(s, s->cmos[HOURS]) * 3600 + from_byte(s, s->cmos[MINUTES]) * 60 +
               from_byte(s, s->cmos[SECONDS]);
    s->weekday_shift = (from_byte(s, s->cmos[WEEKDAY]) + 6 + 7 - weekday_of(seconds)) % 7;
    s->offset = seconds - chain_ns(s) / NS_PER_SEC;
    s->seen = seconds;
}

/* --- Flags and interrupts --------------------------------------------------------------------- */

/* The field of an alarm that matches: all of them, or one. */
static bool alarm_matches(const Mc146818 *s, unsigned reg, unsigned value)
{
    uint8_t b = s->cmos[reg];
    if ((b & DONT_CARE) == DONT_CARE) {
        return true;
    }
    return (reg == HOURS_ALARM ? from_hour(s, b) : from_byte(s, b)) == value;
}

/* The first second after `after` at which the alarm rings, not a day later; INT64_MAX: never. */
static int64_t next_alarm(const Mc146818 *s, int64_t after)
{
    int64_t t = after + 1, end = after + 1 + DAY_SECONDS;
    while (t < end) {
        unsigned of_day = ((t % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
        if (!alarm_matches(s, HOURS_ALARM, of_day / 3600)) {
            t += 3600 - of_day % 3600;
        } else if (!alarm_matches(s, MINUTES_ALARM, of_day / 60 % 60)) {
            t += 60 - of_day % 60;
        } else if (!alarm_matches(s, SECONDS_ALARM, of_day % 60)) {
            t++;
        } else {
            return t;
        }
    }
    return INT64_MAX;
}

/* Ticks of 32768 Hz between periodic interrupts; 0: none.  Rates 1 and 2 are as 8 and 9. */
static unsigned period_ticks(const Mc146818 *s)
{
    unsigned rs = s->cmos[REG_A] & A_RS;
    return !rs || divider_reset(s) ? 0 : 1u << (rs <= 2 ? rs + 6 : rs - 1);
}

static int64_t periods(const Mc146818 *s)
{
    unsigned ticks = period_ticks(s);
    return ticks ? clock_ns_to_ticks(chain_ns(s), HZ) / ticks : 0;
}

/* Raises the flags of what has happened since the last look. */
static void look(Mc146818 *s)
{
    int64_t second = now_seconds(s);
    if (!held(s) && second > s->seen) {
        s->cmos[REG_C] |= C_UF | (next_alarm(s, s->seen) <= second ? C_AF : 0);
    }
    s->seen = second;
    int64_t period = periods(s);
    if (period > s->seen_period) {
        s->cmos[REG_C] |= C_PF;
    }
    s->seen_period = period;
}

static void update_irq(Mc146818 *s)
{
    bool on = s->cmos[REG_C] & s->cmos[REG_B] & (C_PF | C_AF | C_UF);
    s->cmos[REG_C] = (s->cmos[REG_C] & ~C_IRQF) | (on ? C_IRQF : 0);
    irq_set(&s->irq, on);
}

static void arm(Timer *t, int64_t deadline)
{
    if (deadline == INT64_MAX) {
        timer_cancel(t);
    } else {
        timer_set(t, deadline);
    }
}

/* The next update or alarm that raises the line. */
static void arm_second(Mc146818 *s)
{
    uint8_t wanted = s->cmos[REG_B] & ~s->cmos[REG_C];
    int64_t next = INT64_MAX;
    if (!held(s) && wanted & B_UIE) {
        next = s->seen + 1;
    } else if (!held(s) && wanted & B_AIE) {
        next = next_alarm(s, s->seen);
    }
    arm(&s->second, next == INT64_MAX ? next : (next - s->offset) * NS_PER_SEC - s->phase);
}

static void arm_periodic(Mc146818 *s)
{
    unsigned ticks = period_ticks(s);
    int64_t next = INT64_MAX;
    if (ticks && s->cmos[REG_B] & ~s->cmos[REG_C] & B_PIE) {
        next = clock_ticks_to_ns((uint64_t)(s->seen_period + 1) * ticks, HZ) - s->phase;
    }
    arm(&s->periodic, next);
}

static void update(Mc146818 *s)
{
    look(s);
    update_irq(s);
    arm_second(s);
    arm_periodic(s);
}

static void timer_fires(void *opaque)
{
    update(opaque);
}

/* --- Registers -------------------------------------------------------------------------------- */

static bool is_time(unsigned i)
{
    return i == SECONDS || i == MINUTES || i == HOURS || (i >= WEEKDAY && i <= YEAR) ||
           i == CENTURY;
}

static uint8_t reg_a(const Mc146818 *s)
{
    int64_t left = NS_PER_SEC - chain_ns(s) % NS_PER_SEC;
    return s->cmos[REG_A] | (!held(s) && left <= UPDATE_NS ? A_UIP : 0);
}

/* Reading takes flags and line back. */
static uint8_t read_flags(Mc146818 *s)
{
    look(s);
    update_irq(s);
    uint8_t v = s->cmos[REG_C];
    s->cmos[REG_C] = 0;
    update(s);
    return v;
}

static uint32_t data_read(Device *dev)
{
    Mc146818 *s = RTC(dev);
    unsigned i = s->index & 0x7f;
    switch (i) {
    case REG_A: return reg_a(s);
    case REG_C: return read_flags(s);
    case REG_D: return D_VRT;
    default:
        if (is_time(i) && !held(s)) {
            show_time(s, now_seconds(s));
        }
        return s->cmos[i];
    }
}

/* What changes whether or how the clock runs; flags up to now are as it was. */
static void write_control(Mc146818 *s, unsigned i, uint8_t v)
{
    look(s);
    bool was_held = held(s), was_reset = divider_reset(s);
    int64_t second = now_seconds(s);
    if (!was_held) {
        show_time(s, second);
    }
    uint8_t modes = (s->cmos[REG_B] ^ v) & (B_DM | B_24H);
    s->cmos[i] = i == REG_A ? v & ~A_UIP : v;
    if (i == REG_B && v & B_SET) {
        s->cmos[REG_B] &= ~B_UIE;
    }
    if (was_reset && !divider_reset(s)) {
        int64_t fraction = clock_now(CLOCK_RTC) % NS_PER_SEC;
        s->phase = (3 * NS_PER_SEC / 2 - fraction) % NS_PER_SEC;
    }
    if (was_held && !held(s)) {
        take_time(s);
    } else if (i == REG_B && modes && !held(s)) {
        show_time(s, second);           /* the running clock is shown in the new form */
    }
    s->seen_period = periods(s);
    update(s);
}

static void write_time(Mc146818 *s, unsigned i, uint8_t v)
{
    if (held(s)) {
        s->cmos[i] = v;
        return;
    }
    look(s);
    show_time(s, now_seconds(s));
    s->cmos[i] = v;
    take_time(s);
    update(s);
}

static void data_write(Device *dev, uint32_t v)
{
    Mc146818 *s = RTC(dev);
    unsigned i = s->index & 0x7f;
    if (i == REG_A || i == REG_B) {
        write_control(s, i, v);
    } else if (i == REG_C || i == REG_D) {
        log_guest(dev, "write to read-only register %c", 'A' + i - REG_A);
    } else if (is_time(i)) {
        write_time(s, i, v);
    } else {
        s->cmos[i] = v;
        if (i < REG_A) {
            update(s);                  /* an alarm */
        }
    }
}

/* The index port cannot be read on a PC. */
static uint32_t index_read(Device *dev)
{
    return 0xff;
}

static void index_write(Device *dev, uint32_t v)
{
    RTC(dev)->index = v;
}

static const RegDef mc146818_regs[] = {
    { 0, "Index", .read = index_read, .write = index_write, .width = 1 },
    { 1, "Data",  .read = data_read, .write = data_write, .width = 1 },
};

void mc146818_set_cmos(Device *rtc, unsigned index, uint8_t value)
{
    g_assert(index > REG_D && index < N_BYTES);
    RTC(rtc)->cmos[index] = value;
}

uint8_t mc146818_get_cmos(const Device *rtc, unsigned index)
{
    g_assert(index < N_BYTES);
    return ((const Mc146818 *)(const void *)rtc)->cmos[index];
}

/* --- Life ------------------------------------------------------------------------------------- */

static bool mc146818_realize(Device *dev, GError **err)
{
    Mc146818 *s = RTC(dev);
    timer_init(&s->second, CLOCK_RTC, timer_fires, s);
    timer_init(&s->periodic, CLOCK_RTC, timer_fires, s);
    s->cmos[REG_A] = A_DV_32768 | 6;
    s->cmos[REG_B] = B_24H;
    s->seen = now_seconds(s);
    s->seen_period = periods(s);
    return true;
}

/* The chip has a battery: its RESET pin clears the enables and the flags. */
static void mc146818_reset(Device *dev)
{
    Mc146818 *s = RTC(dev);
    s->cmos[REG_B] &= ~(B_PIE | B_AIE | B_UIE | B_SQWE);
    look(s);
    s->cmos[REG_C] = 0;
}

static bool mc146818_loaded(Device *dev, GError **err)
{
    const Mc146818 *s = RTC(dev);
    const int64_t most = INT64_C(1) << 40;
    return (s->phase >= 0 && s->phase < NS_PER_SEC && ABS(s->offset) < most &&
            ABS(s->seen) < most && s->seen_period >= 0 && s->seen_period < INT64_C(1) << 50) ||
           fail(err, EMU_ERROR_DATA, "%s: impossible time", dev->id);
}

const DeviceClass mc146818 = {
    .name    = "mc146818", .about = "real time clock and CMOS memory of the PC",
    .size    = sizeof(Mc146818),
    .regs    = REGS(mc146818_regs, 2, ACCESS_ANY),
    .irqs    = IRQS(Mc146818, irq),
    .state   = STATE(STATE_U8(Mc146818, index), STATE_ARRAY(U8, Mc146818, cmos, .keep = true),
                     STATE_I64(Mc146818, phase, .keep = true),
                     STATE_I64(Mc146818, offset, .keep = true),
                     STATE_I64(Mc146818, seen, .keep = true),
                     STATE_I64(Mc146818, seen_period, .keep = true),
                     STATE_U8(Mc146818, weekday_shift, .keep = true),
                     STATE_TIMER(Mc146818, second), STATE_TIMER(Mc146818, periodic)),
    .realize = mc146818_realize, .reset = mc146818_reset, .loaded = mc146818_loaded,
};

/* SPDX-License-Identifier: MIT */
/*
 * LSI53C895A, a PCI SCSI adapter whose SCRIPTS processor runs the SCSI bus by itself.
 * Implements: LSI53C895A PCI to Ultra2 SCSI Controller Technical Manual, version 2.2, chapters 2
 * (functions), 4 (registers) and 5 (SCRIPTS instruction set).
 *
 *     driver writes DSP ──► fetch ──► block move ──► the target's phase decides what moves
 *        or SIGP                 ├──► select, wait, set, clear
 *                                ├──► register arithmetic, load and store, memory move
 *                                └──► jump, call, return, interrupt
 *
 * Choices: targets answer at once and never disconnect, so one command at a time is on the bus and a
 * reselection never comes; negotiation messages are rejected (asynchronous, 8 bits, which takes no
 * longer here).  A selection that nobody answers times out at the next instruction that waits for
 * the bus.  SCRIPTS that do not stop are continued after a pause of virtual time.
 * Not here: target role, 64-bit addressing, parity errors, the serial EEPROM, big-endian mode.
 */
#include "hw/pci/pci.h"
#include "hw/scsi/scsi.h"

enum { RAM_BYTES = 8192, BURST = 10000, BURST_BYTES = 64 << 20, PAUSE_NS = 20000, CHUNK = 4096 };

typedef enum { DATA_OUT, DATA_IN, COMMAND, STATUS, MSG_OUT = 6, MSG_IN = 7 } Phase;

enum { SCNTL1_CON = 0x10, SCNTL1_RST = 0x08, SCNTL2_SDU = 0x80, SCNTL2_WSR = 0x01 };
enum { DSTAT_DFE = 0x80, DSTAT_BF = 0x20, DSTAT_ABRT = 0x10, DSTAT_SSI = 0x08, DSTAT_SIR = 0x04,
       DSTAT_IID = 0x01 };
enum { ISTAT_ABRT = 0x80, ISTAT_SRST = 0x40, ISTAT_SIGP = 0x20, ISTAT_SEM = 0x10, ISTAT_CON = 0x08,
       ISTAT_INTF = 0x04, ISTAT_SIP = 0x02, ISTAT_DIP = 0x01 };
enum { SIST0_FATAL = 0x8f, SIST0_MA = 0x80, SIST0_UDC = 0x04, SIST0_SGE = 0x08, SIST0_RST = 0x02 };
enum { SIST1_STO = 0x04, SIST1_GEN = 0x02, SIST1_HTH = 0x01 };
enum { CCNTL0_ENPMJ = 0x80, CCNTL0_PMJCTL = 0x40, DMODE_MAN = 0x01, DCNTL_SSM = 0x10,
       DCNTL_STD = 0x04 };
enum { SBCL_REQ = 0x80, SBCL_ACK = 0x40, SBCL_BSY = 0x20, SBCL_ATN = 0x08 };
enum { REG_SFBR = 0x08, REG_CTEST2 = 0x1a };

typedef struct Lsi {
    Device       dev;
    PciFunction  pci;
    ScsiBus      bus;
    MemoryRegion bar_io, bar_mmio, mmio_alias;
    Timer        again, gen;

    /* Registers; the names are the manual's. */
    uint8_t  scntl[4], scid, sxfer, sdid, gpreg, sfbr, socl, ssid, dstat, sstat0;
    uint32_t dsa;
    uint8_t  istat0, istat1, mbox[2], ctest0, ctest1, ctest3, ctest[3];
    uint32_t temp;
    uint8_t  dfifo;
    uint32_t dbc, dnad, dsps, scratcha, adder, scratchb, scratch[16], mmrs[7];
    uint8_t  dsp[4], dmode, dien, sbr, dcntl, sien[2], sist[2], slpar, swide, macntl, gpcntl;
    uint8_t  stime[2], respid[2], stest[4], ccntl[2];
    uint16_t sidl, sodl, sbdl;
    uint32_t pmjad[2], rbc, ua, esa, ia, sbc, csbc;

    /* The SCSI bus and the processor. */
    bool     running, waiting;          /* waiting: for a reselection or SIGP */
    bool     carry, atn, ack, connected;
    bool     timeout;                   /* selected somebody who is not there */
    bool     in_run;
    uint64_t copied;                    /* bytes in this run */
    uint32_t alternate;                 /* where SIGP goes while waiting */
    uint8_t  target, lun, phase, next_phase;
    uint8_t  message[8], message_len, message_pos;
    bool     last_message;              /* after it the target leaves the bus */
    ScsiRequest req;
} Lsi;

#define DEV Lsi
#define LSI(d) DEVICE_AS(Lsi, d)

static void run(Lsi *s);

/* --- Interrupts ------------------------------------------------------------------------------- */

/* Chapter 2, "Masking": a masked interrupt does not pull the pin, but a fatal one shows in ISTAT0. */
static uint8_t istat0_value(const Lsi *s)
{
    bool sip = (s->sist[0] & (s->sien[0] | SIST0_FATAL)) || (s->sist[1] & (s->sien[1] | SIST1_STO));
    return s->istat0 | (s->connected ? ISTAT_CON : 0) | (sip ? ISTAT_SIP : 0) |
           (s->dstat ? ISTAT_DIP : 0);
}

static void update_irq(Device *dev)
{
    Lsi *s = LSI(dev);
    pci_set_intx(&s->pci, (s->sist[0] & s->sien[0]) || (s->sist[1] & s->sien[1]) ||
                          (s->dstat & s->dien) || (s->istat0 & ISTAT_INTF));
}

static void dma_interrupt(Lsi *s, uint8_t bits)
{
    s->dstat |= bits;
    s->running = false;
    update_irq(&s->dev);
}

static void scsi_interrupt(Lsi *s, uint8_t sist0, uint8_t sist1)
{
    s->sist[0] |= sist0;
    s->sist[1] |= sist1;
    if (sist0 || (sist1 & SIST1_STO)) {
        s->running = s->waiting = false;
    }
    update_irq(&s->dev);
}

/* --- Memory as the SCRIPTS processor sees it ---------------------------------------------------- */

static uint8_t *own_ram(Lsi *s, uint32_t addr, uint32_t len)
{
    uint32_t base = ld_le32(s->pci.config + PCI_BAR0 + 8) & ~15u;
    bool inside = base && addr >= base && addr - base < RAM_BYTES &&
                  len <= RAM_BYTES - (addr - base);
    return inside ? device_region(&s->dev, 1)->ram->host + (addr - base) : NULL;
}

static bool own_register(Lsi *s, uint32_t addr)
{
    uint32_t base = ld_le32(s->pci.config + PCI_BAR0 + 4) & ~15u;
    return base && addr >= base && addr - base < 0x100;
}

static uint8_t reg_read(Lsi *s, unsigned reg)
{
    return memory_region_mmio_read(device_region(&s->dev, 0), reg & 0xff, 1, ENDIAN_LITTLE, NULL);
}

static void reg_write(Lsi *s, unsigned reg, uint8_t value)
{
    memory_region_mmio_write(device_region(&s->dev, 0), reg & 0xff, value, 1, ENDIAN_LITTLE, NULL);
}

static bool mem_read(Lsi *s, uint32_t addr, void *buf, uint32_t len)
{
    uint8_t *ram = own_ram(s, addr, len);
    if (ram) {
        memcpy(buf, ram, len);
        return true;
    }
    if (own_register(s, addr)) {
        for (uint32_t i = 0; i < len; i++) {
            ((uint8_t *)buf)[i] = reg_read(s, addr + i);
        }
        return true;
    }
    return pci_dma_read(&s->pci, addr, buf, len);
}

static bool mem_write(Lsi *s, uint32_t addr, const void *buf, uint32_t len)
{
    uint8_t *ram = own_ram(s, addr, len);
    if (ram) {
        memcpy(ram, buf, len);
        uint32_t base = ld_le32(s->pci.config + PCI_BAR0 + 8) & ~15u;
        memory_region_written(device_region(&s->dev, 1), addr - base, len);
        return true;
    }
    if (own_register(s, addr)) {
        for (uint32_t i = 0; i < len; i++) {
            reg_write(s, addr + i, ((const uint8_t *)buf)[i]);
        }
        return true;
    }
    return pci_dma_write(&s->pci, addr, buf, len);
}

/* A word; an access that nothing answers is a bus fault and stops the processor. */
static uint32_t mem_word(Lsi *s, uint32_t addr)
{
    uint8_t bytes[4];
    if (!mem_read(s, addr, bytes, 4)) {
        dma_interrupt(s, DSTAT_BF);
    }
    return ld_le32(bytes);
}

static uint32_t sext24(uint32_t v)
{
    return sextract32(v, 0, 24);
}

static uint32_t dsp(const Lsi *s)
{
    return ld_le32(s->dsp);
}

static void set_dsp(Lsi *s, uint32_t v)
{
    st_le32(s->dsp, v);
}

/* --- The target's side of the bus --------------------------------------------------------------- */

static void bus_free(Lsi *s)
{
    s->connected = s->ack = s->atn = false;
    if (s->scntl[2] & SCNTL2_SDU) {
        scsi_interrupt(s, SIST0_UDC, 0);
    }
}

static void after_command(Lsi *s)
{
    s->phase = s->req.done < s->req.length
             ? (s->req.direction == SCSI_TO_TARGET ? DATA_OUT : DATA_IN) : STATUS;
}

static void send_message(Lsi *s, uint8_t message, bool last, Phase next)
{
    s->message[0] = message;
    s->message_len = 1;
    s->message_pos = 0;
    s->last_message = last;
    s->next_phase = next;
    s->phase = MSG_IN;
}

/* Length of the message that begins at p; at least 1. */
static unsigned message_length(const uint8_t *p, unsigned have)
{
    if (p[0] == 0x01) {
        return have > 1 ? p[1] + 2 : 2;
    }
    return p[0] >= 0x20 && p[0] <= 0x2f ? 2 : 1;
}

/* Messages from the initiator: identify, tags, aborts; what negotiates is rejected. */
static void messages_arrive(Lsi *s, const uint8_t *p, unsigned len)
{
    bool reject = false;
    for (unsigned at = 0; at < len;) {
        uint8_t m = p[at];
        if (m & 0x80) {
            s->lun = m & 7;
        } else if (m == 0x06 || m == 0x0c || m == 0x0d) {       /* abort, reset, abort tag */
            ScsiTarget *t = scsi_target(&s->bus, s->target);
            if (m == 0x0c && t) {
                t->attention = true;
            }
            bus_free(s);
            return;
        } else if (m == 0x01) {
            reject = true;
        } else if (m != 0x08 && m != 0x07 && (m < 0x20 || m > 0x22) && m != 0x05) {
            reject = true;
        }
        at += message_length(p + at, len - at);
    }
    s->phase = s->next_phase;
    if (reject) {
        send_message(s, 0x07, false, s->next_phase);
    }
}

/* ACK of the last byte of a message goes: the target moves on. */
static void ack_cleared(Lsi *s)
{
    s->ack = false;
    if (!s->connected || s->phase != MSG_IN || s->message_pos < s->message_len) {
        return;
    }
    if (s->atn) {
        s->phase = MSG_OUT;
    } else if (s->last_message) {
        bus_free(s);
    } else {
        s->phase = s->next_phase;
    }
}

/* --- Block moves -------------------------------------------------------------------------------- */

typedef struct Move {
    Phase    phase;
    uint32_t insn, at, entry, count, addr;
    uint32_t moved;
    uint8_t  upper;                     /* for RBC */
} Move;

/* The next piece of memory of a move, at most CHUNK. */
static uint32_t piece(const Move *m, uint64_t most)
{
    return MIN(MIN(m->count - m->moved, most), CHUNK);
}

static bool move_data(Lsi *s, Move *m, bool in)
{
    ScsiTarget *t = scsi_target(&s->bus, s->target);
    uint8_t buf[CHUNK];
    while (t && m->moved < m->count && s->req.done < s->req.length) {
        uint32_t n = piece(m, s->req.length - s->req.done);
        bool ok = true;
        if (in) {
            scsi_read(t, &s->req, buf, n);
            ok = mem_write(s, m->addr + m->moved, buf, n);
        } else {
            ok = mem_read(s, m->addr + m->moved, buf, n);
            scsi_write(t, &s->req, buf, n);
        }
        if (m->moved == 0) {
            s->sfbr = buf[0];
        }
        m->moved += n;
        s->copied += n;
        if (!ok) {
            dma_interrupt(s, DSTAT_BF);
            return false;
        }
    }
    if (s->req.done >= s->req.length) {
        s->phase = STATUS;
    }
    return true;
}

static void move_command(Lsi *s, Move *m)
{
    uint8_t cdb[16] = { 0 };
    ScsiTarget *t = scsi_target(&s->bus, s->target);
    m->moved = MIN(m->count, sizeof(cdb));
    if (!mem_read(s, m->addr, cdb, m->moved)) {
        dma_interrupt(s, DSTAT_BF);
    } else if (t) {
        scsi_start(t, &s->req, s->lun, cdb, m->moved);
        after_command(s);
    }
}

static void move_status(Lsi *s, Move *m)
{
    ScsiTarget *t = scsi_target(&s->bus, s->target);
    s->sfbr = t ? scsi_finish(t, &s->req) : SCSI_BUSY;
    m->moved = 1;
    mem_write(s, m->addr, &s->sfbr, 1);
    send_message(s, 0x00, true, COMMAND);       /* COMMAND COMPLETE */
}

static void move_message_in(Lsi *s, Move *m)
{
    uint32_t n = MIN(m->count, (uint32_t)(s->message_len - s->message_pos));
    if (n) {
        s->sfbr = s->message[s->message_pos];
        mem_write(s, m->addr, s->message + s->message_pos, n);
        s->message_pos += n;
    }
    m->moved = n;
    s->ack = true;
}

static void move_message_out(Lsi *s, Move *m)
{
    uint8_t buf[256] = { 0 };
    m->moved = m->count;
    mem_read(s, m->addr, buf, MIN(m->count, sizeof(buf)));
    s->sfbr = buf[0];
    s->atn = false;                     /* the chip drops it before the last byte */
    messages_arrive(s, buf, MIN(m->count, sizeof(buf)));
}

/* The manual, "Phase Mismatch Handling in SCRIPTS": what is left to do, and where to go on. */
static void phase_mismatch(Lsi *s, const Move *m)
{
    uint32_t left = m->count - m->moved;
    s->dbc = (s->dbc & 0xff000000) | left;
    s->dnad = m->addr + m->moved;
    if (!(s->ccntl[0] & CCNTL0_ENPMJ) || m->phase > DATA_IN) {
        scsi_interrupt(s, SIST0_MA, 0);
        return;
    }
    s->rbc = left | (uint32_t)m->upper << 24;
    s->ua = m->addr + m->moved;
    s->ia = m->at;
    s->esa = m->entry;
    s->sbc = m->moved;
    bool second = s->ccntl[0] & CCNTL0_PMJCTL ? m->phase == DATA_IN : s->scntl[2] & SCNTL2_WSR;
    set_dsp(s, s->pmjad[second]);
}

static void do_move(Lsi *s, Move *m)
{
    switch (m->phase) {
    case DATA_OUT:
    case DATA_IN:
        if (!move_data(s, m, m->phase == DATA_IN)) {
            return;
        }
        break;
    case COMMAND:
        move_command(s, m);
        break;
    case STATUS:
        move_status(s, m);
        break;
    case MSG_OUT:
        move_message_out(s, m);
        break;
    case MSG_IN:
        move_message_in(s, m);
        break;
    default:
        dma_interrupt(s, DSTAT_IID);
        return;
    }
    s->csbc += m->moved;
    if (m->moved < m->count && s->running) {
        phase_mismatch(s, m);
    } else {
        s->dbc &= 0xff000000;
        s->dnad = m->addr + m->count;
    }
}

/* Somebody must be on the bus; nobody will ever come if not. */
static bool bus_is_ready(Lsi *s)
{
    if (s->timeout) {
        s->timeout = false;
        scsi_interrupt(s, 0, SIST1_STO);
        return false;
    }
    if (!s->connected) {
        log_guest(&s->dev, "SCRIPTS at %#x wait for a phase of nobody", dsp(s) - 8);
        s->running = false;
        return false;
    }
    return true;
}

static void insn_move(Lsi *s, uint32_t insn, uint32_t arg)
{
    Move m = { .phase = insn >> 24 & 7, .insn = insn, .at = dsp(s) - 8, .entry = dsp(s) - 8,
               .count = insn & 0xffffff, .addr = arg, .upper = insn >> 24 };
    if (insn & BIT32(28)) {
        m.entry = s->dsa + sext24(arg);
        uint32_t word = mem_word(s, m.entry);
        m.count = word & 0xffffff;
        m.upper = word >> 24;
        m.addr = mem_word(s, m.entry + 4);
    } else if (insn & BIT32(29)) {
        m.addr = mem_word(s, arg);
    }
    if (!s->running || !bus_is_ready(s)) {
        return;
    }
    s->dbc = (insn & 0xff000000) | m.count;
    s->dnad = m.addr;
    if (m.phase != s->phase) {
        phase_mismatch(s, &m);
    } else if (m.count == 0) {
        dma_interrupt(s, DSTAT_IID);
    } else {
        do_move(s, &m);
    }
}

/* --- I/O instructions --------------------------------------------------------------------------- */

static void insn_select(Lsi *s, uint32_t insn)
{
    uint32_t id = insn >> 16 & 15;
    if (insn & BIT32(25)) {
        uint32_t word = mem_word(s, s->dsa + sext24(insn));
        s->scntl[3] = word >> 24;
        s->sxfer = word >> 8;
        id = word >> 16 & 15;
    }
    s->sdid = id;
    s->target = id;
    s->timeout = scsi_target(&s->bus, id) == NULL;
    s->connected = !s->timeout;
    s->atn = insn & BIT32(24);
    s->next_phase = COMMAND;
    s->phase = s->atn ? MSG_OUT : COMMAND;
    s->ack = false;
    s->lun = 0;
    s->req.length = s->req.done = 0;
}

static void set_or_clear(Lsi *s, uint32_t insn, bool set)
{
    if (insn & BIT32(10)) {
        s->carry = set;
    }
    if (insn & BIT32(9)) {
        s->scntl[0] = (s->scntl[0] & ~1) | set;
        if (set) {
            log_unimp(&s->dev, "target role");
        }
    }
    if (insn & BIT32(3)) {
        s->atn = set;
        if (set && s->connected && !s->ack && s->phase != MSG_OUT) {
            s->next_phase = s->phase == MSG_IN ? s->next_phase : s->phase;
            s->phase = MSG_OUT;
        }
    }
    if ((insn & BIT32(6)) && set) {
        s->ack = true;
    } else if (insn & BIT32(6)) {
        ack_cleared(s);
    }
}

static void insn_io(Lsi *s, uint32_t insn, uint32_t arg)
{
    uint32_t address = insn & BIT32(26) ? dsp(s) + sext24(arg) : arg;
    switch (insn >> 27 & 7) {
    case 0:
        insn_select(s, insn);
        break;
    case 1:                             /* wait for the target to leave */
        if (s->connected) {
            bus_is_ready(s);
            log_guest(&s->dev, "waits for a disconnection that does not come");
            s->running = false;
        } else if (s->timeout) {
            bus_is_ready(s);
        }
        break;
    case 2:                             /* wait for a reselection */
        if (s->istat0 & ISTAT_SIGP) {
            set_dsp(s, address);
        } else {
            s->waiting = true;
            s->running = false;
            s->alternate = address;
        }
        break;
    case 3:
        set_or_clear(s, insn, true);
        break;
    case 4:
        set_or_clear(s, insn, false);
        break;
    }
}

/* --- Register arithmetic ------------------------------------------------------------------------ */

static uint8_t operate(Lsi *s, unsigned op, uint8_t a, uint8_t data)
{
    unsigned r;
    switch (op) {
    case 0:
        return data;
    case 1:
        r = a << 1 | s->carry;
        s->carry = a >> 7;
        return r;
    case 2:
        return a | data;
    case 3:
        return a ^ data;
    case 4:
        return a & data;
    case 5:
        r = a >> 1 | s->carry << 7;
        s->carry = a & 1;
        return r;
    default:
        r = a + data + (op == 7 ? s->carry : 0);
        s->carry = r >> 8;
        return r;
    }
}

static void insn_register(Lsi *s, uint32_t insn)
{
    unsigned reg = (insn >> 16 & 0x7f) | (insn & 0x80), opcode = insn >> 27 & 7;
    unsigned op = insn >> 24 & 7;
    uint8_t data = insn & BIT32(23) ? s->sfbr : insn >> 8;
    uint8_t a = opcode == 5 ? s->sfbr : reg_read(s, reg);
    uint8_t r = operate(s, op, a, data);
    if (opcode == 6) {
        s->sfbr = r;
    } else {
        reg_write(s, reg, r);
    }
}

/* --- Transfer control --------------------------------------------------------------------------- */

static bool condition(Lsi *s, uint32_t insn)
{
    bool match = true;
    if (insn & BIT32(21)) {
        match = s->carry;
    } else {
        if (insn & BIT32(17)) {
            match = s->connected && s->phase == (insn >> 24 & 7);
        }
        if (insn & BIT32(18)) {
            match = match && ((s->sfbr ^ insn) & ~(insn >> 8) & 0xff) == 0;
        }
    }
    return match == ((insn >> 19 & 1) != 0);
}

static void insn_transfer(Lsi *s, uint32_t insn, uint32_t arg)
{
    if ((insn & BIT32(16)) && !bus_is_ready(s)) {
        return;
    }
    if (!condition(s, insn)) {
        return;
    }
    uint32_t address = insn & BIT32(23) ? dsp(s) + sext24(arg) : arg;
    switch (insn >> 27 & 7) {
    case 0:
        set_dsp(s, address);
        break;
    case 1:
        s->temp = dsp(s);
        set_dsp(s, address);
        break;
    case 2:
        set_dsp(s, s->temp);
        break;
    case 3:
        s->dsps = arg;
        if (insn & BIT32(20)) {
            s->istat0 |= ISTAT_INTF;
            update_irq(&s->dev);
        } else {
            dma_interrupt(s, DSTAT_SIR);
        }
        break;
    default:
        dma_interrupt(s, DSTAT_IID);
        break;
    }
}

/* --- Memory instructions ------------------------------------------------------------------------ */

static void insn_load_store(Lsi *s, uint32_t insn, uint32_t arg)
{
    uint32_t addr = insn & BIT32(28) ? s->dsa + sext24(arg) : arg;
    unsigned reg = insn >> 16 & 0xff, n = MIN(insn & 7, 4);
    uint8_t bytes[4];
    bool ok;
    if (insn & BIT32(24)) {
        ok = mem_read(s, addr, bytes, n);
        for (unsigned i = 0; ok && i < n; i++) {
            reg_write(s, reg + i, bytes[i]);
        }
    } else {
        for (unsigned i = 0; i < n; i++) {
            bytes[i] = reg_read(s, reg + i);
        }
        ok = mem_write(s, addr, bytes, n);
    }
    if (!ok) {
        dma_interrupt(s, DSTAT_BF);
    }
}

static void insn_memory_move(Lsi *s, uint32_t insn, uint32_t src)
{
    uint8_t buf[CHUNK];
    uint32_t dst = mem_word(s, dsp(s)), left = insn & 0xffffff;
    set_dsp(s, dsp(s) + 4);
    s->temp = dst;
    while (left && s->running) {
        uint32_t n = MIN(left, sizeof(buf));
        if (!mem_read(s, src, buf, n) || !mem_write(s, dst, buf, n)) {
            dma_interrupt(s, DSTAT_BF);
        }
        src += n;
        dst += n;
        left -= n;
        s->copied += n;
    }
}

/* --- The processor ------------------------------------------------------------------------------ */

static void step(Lsi *s)
{
    uint32_t insn = mem_word(s, dsp(s)), arg = mem_word(s, dsp(s) + 4);
    if (!s->running) {
        return;
    }
    set_dsp(s, dsp(s) + 8);
    s->dbc = insn;                      /* DCMD is its top byte */
    s->dsps = arg;
    switch (insn >> 30) {
    case 0:
        insn_move(s, insn, arg);
        break;
    case 1:
        if ((insn >> 27 & 7) >= 5) {
            insn_register(s, insn);
        } else {
            insn_io(s, insn, arg);
        }
        break;
    case 2:
        insn_transfer(s, insn, arg);
        break;
    case 3:
        if (insn & BIT32(29)) {
            insn_load_store(s, insn, arg);
        } else {
            insn_memory_move(s, insn, arg);
        }
        break;
    }
    if (s->running && (s->dcntl & DCNTL_SSM)) {
        dma_interrupt(s, DSTAT_SSI);
    }
}

static void run(Lsi *s)
{
    if (s->in_run) {
        return;
    }
    s->in_run = true;
    s->copied = 0;
    for (unsigned i = 0; s->running && i < BURST && s->copied < BURST_BYTES; i++) {
        step(s);
    }
    s->in_run = false;
    if (s->running) {
        timer_set(&s->again, clock_now(CLOCK_VIRTUAL) + PAUSE_NS);
    }
}

static void run_again(void *opaque)
{
    run(opaque);
}

static void start(Lsi *s)
{
    s->running = true;
    s->waiting = false;
    run(s);
}

/* --- Registers ---------------------------------------------------------------------------------- */

static void soft_reset(Lsi *s)
{
    static const uint8_t scntl[4] = { 0xc0, 0, 0, 0 };
    memcpy(s->scntl, scntl, 4);
    s->scid = s->sxfer = s->sdid = s->sfbr = s->socl = s->ssid = 0;
    s->dstat = s->sist[0] = s->sist[1] = s->dien = s->sien[0] = s->sien[1] = 0;
    s->istat0 = s->dmode = s->dcntl = s->ccntl[0] = s->ccntl[1] = 0;
    s->dsa = s->dsps = s->dbc = s->dnad = s->temp = 0;
    set_dsp(s, 0);
    memset(s->stest, 0, sizeof(s->stest));
    s->running = s->waiting = s->connected = s->timeout = s->carry = s->atn = s->ack = false;
    s->req.length = s->req.done = 0;
    timer_cancel(&s->again);
    timer_cancel(&s->gen);
    update_irq(&s->dev);
}

static uint32_t scntl1_read(Device *dev)
{
    return LSI(dev)->scntl[1] | (LSI(dev)->connected ? SCNTL1_CON : 0);
}

static void scntl1_write(Device *dev, uint32_t value)
{
    Lsi *s = LSI(dev);
    bool begins = value & ~s->scntl[1] & SCNTL1_RST;
    s->scntl[1] = value & ~SCNTL1_CON;
    s->sstat0 = (s->sstat0 & ~2) | (value & SCNTL1_RST ? 2 : 0);
    if (begins) {
        scsi_bus_reset(&s->bus);
        s->connected = s->timeout = false;
        scsi_interrupt(s, SIST0_RST, 0);
    }
}

static uint32_t dstat_read(Device *dev)
{
    Lsi *s = LSI(dev);
    uint8_t v = s->dstat | DSTAT_DFE;
    s->dstat = 0;
    update_irq(dev);
    return v;
}

static uint32_t sist_read(Device *dev, unsigned i)
{
    Lsi *s = LSI(dev);
    uint8_t v = s->sist[i];
    s->sist[i] = 0;
    update_irq(dev);
    return v;
}

static uint32_t sbcl_read(Device *dev)
{
    Lsi *s = LSI(dev);
    if (!s->connected) {
        return 0;
    }
    return SBCL_BSY | s->phase | (s->ack ? SBCL_ACK : SBCL_REQ) | (s->atn ? SBCL_ATN : 0);
}

static uint32_t sstat1_read(Device *dev)
{
    return LSI(dev)->phase & 7;
}

static uint32_t sstat2_read(Device *dev)
{
    return LSI(dev)->connected ? 0 : 0x02;      /* LDSC: the last one has left */
}

static uint32_t istat0_read(Device *dev)
{
    return istat0_value(LSI(dev));
}

static void istat0_write(Device *dev, uint32_t value)
{
    Lsi *s = LSI(dev);
    if (value & ISTAT_SRST) {
        soft_reset(s);
        s->istat0 = ISTAT_SRST;
        return;
    }
    uint8_t intf = s->istat0 & ~value & ISTAT_INTF;
    s->istat0 = (value & (ISTAT_SIGP | ISTAT_SEM)) | intf;
    if ((value & ISTAT_ABRT) && (s->running || s->waiting)) {
        s->waiting = false;
        dma_interrupt(s, DSTAT_ABRT);
    }
    update_irq(dev);
    if ((value & ISTAT_SIGP) && s->waiting) {
        set_dsp(s, s->alternate);
        start(s);
    }
}

static uint32_t istat1_read(Device *dev)
{
    return LSI(dev)->running ? 0x02 : 0;        /* SRUN */
}

/* Reading it takes SIGP away. */
static uint32_t ctest2_read(Device *dev)
{
    Lsi *s = LSI(dev);
    uint8_t v = 0x31 | (s->istat0 & ISTAT_SIGP ? 0x40 : 0);
    s->istat0 &= ~ISTAT_SIGP;
    return v;
}

static void dsp_write(Device *dev, unsigned i, uint32_t value)
{
    Lsi *s = LSI(dev);
    s->dsp[i] = value;
    if (i == 3 && !(s->dmode & DMODE_MAN) && !s->in_run) {
        start(s);
    }
}

static void dcntl_changed(Device *dev)
{
    Lsi *s = LSI(dev);
    if (s->dcntl & DCNTL_STD) {
        s->dcntl &= ~DCNTL_STD;
        start(s);
    }
}

/* The general purpose timer: 125 us for 1, and twice as much for each one more. */
static void stime1_changed(Device *dev)
{
    Lsi *s = LSI(dev);
    unsigned n = s->stime[1] & 15;
    timer_cancel(&s->gen);
    if (n) {
        timer_set(&s->gen, clock_now(CLOCK_VIRTUAL) + (125 * NS_PER_US << (n - 1)));
    }
}

static void gen_expired(void *opaque)
{
    scsi_interrupt(opaque, 0, SIST1_GEN);
}

#define BYTE  .width = 1
#define PLAIN .writable = 0xff, .width = 1
#define WORD  .writable = ~0u
static const RegDef lsi_regs[] = {
    { 0x00, "SCNTL0",   AT(scntl[0]), .reset = 0xc0, PLAIN },
    { 0x01, "SCNTL1",   AT(scntl[1]), .read = scntl1_read, .write = scntl1_write, BYTE },
    { 0x02, "SCNTL2",   AT(scntl[2]), PLAIN },
    { 0x03, "SCNTL3",   AT(scntl[3]), PLAIN },
    { 0x04, "SCID",     AT(scid), PLAIN },
    { 0x05, "SXFER",    AT(sxfer), PLAIN },
    { 0x06, "SDID",     AT(sdid), .writable = 0x0f, BYTE },
    { 0x07, "GPREG",    AT(gpreg), PLAIN },
    { 0x08, "SFBR",     AT(sfbr), PLAIN },
    { 0x09, "SOCL",     AT(socl), PLAIN },
    { 0x0a, "SSID",     AT(ssid), BYTE },
    { 0x0b, "SBCL",     .read = sbcl_read, BYTE },
    { 0x0c, "DSTAT",    AT(dstat), .read = dstat_read, BYTE },
    { 0x0d, "SSTAT0",   AT(sstat0), BYTE },
    { 0x0e, "SSTAT1",   .read = sstat1_read, BYTE },
    { 0x0f, "SSTAT2",   .read = sstat2_read, BYTE },
    { 0x10, "DSA",      AT(dsa), WORD },
    { 0x14, "ISTAT0",   AT(istat0), .read = istat0_read, .write = istat0_write, BYTE },
    { 0x15, "ISTAT1",   AT(istat1), .read = istat1_read, .writable = 0xff, BYTE },
    { 0x16, "MBOX",     AT(mbox), PLAIN, .count = 2 },
    { 0x18, "CTEST0",   AT(ctest0), PLAIN },
    { 0x19, "CTEST1",   AT(ctest1), .reset = 0xf0, BYTE },
    { 0x1a, "CTEST2",   .read = ctest2_read, BYTE },
    { 0x1b, "CTEST3",   AT(ctest3), .writable = 0x03, BYTE },
    { 0x1c, "TEMP",     AT(temp), WORD },
    { 0x20, "DFIFO",    AT(dfifo), PLAIN },
    { 0x21, "CTEST4",   AT(ctest), PLAIN, .count = 3 },
    { 0x24, "DBC_DCMD", AT(dbc), WORD },
    { 0x28, "DNAD",     AT(dnad), WORD },
    { 0x2c, "DSP",      AT(dsp), .write_at = dsp_write, .count = 4, BYTE },
    { 0x30, "DSPS",     AT(dsps), WORD },
    { 0x34, "SCRATCHA", AT(scratcha), WORD },
    { 0x38, "DMODE",    AT(dmode), PLAIN },
    { 0x39, "DIEN",     AT(dien), PLAIN, .changed = update_irq },
    { 0x3a, "SBR",      AT(sbr), PLAIN },
    { 0x3b, "DCNTL",    AT(dcntl), PLAIN, .changed = dcntl_changed },
    { 0x3c, "ADDER",    AT(adder) },
    { 0x40, "SIEN",     AT(sien), PLAIN, .changed = update_irq, .count = 2 },
    { 0x42, "SIST",     AT(sist), .read_at = sist_read, .count = 2, BYTE },
    { 0x44, "SLPAR",    AT(slpar), PLAIN },
    { 0x45, "SWIDE",    AT(swide), BYTE },
    { 0x46, "MACNTL",   AT(macntl), .writable = 0x0f, .reset = 0xf0, BYTE },
    { 0x47, "GPCNTL",   AT(gpcntl), .reset = 0x0f, PLAIN },
    { 0x48, "STIME0",   AT(stime[0]), PLAIN },
    { 0x49, "STIME1",   AT(stime[1]), PLAIN, .changed = stime1_changed },
    { 0x4a, "RESPID",   AT(respid), PLAIN, .count = 2 },
    { 0x4c, "STEST",    AT(stest), PLAIN, .count = 4 },
    { 0x50, "SIDL",     AT(sidl), .width = 2 },
    { 0x52, "STEST4",   .reset = 0xe0, BYTE },          /* LVD bus; the clock is locked */
    { 0x54, "SODL",     AT(sodl), .writable = 0xffff, .width = 2 },
    { 0x56, "CCNTL",    AT(ccntl), PLAIN, .count = 2 },
    { 0x58, "SBDL",     AT(sbdl), .width = 2 },
    { 0x5c, "SCRATCHB", AT(scratchb), WORD },
    { 0x60, "SCRATCH",  AT(scratch), WORD, .count = 16 },
    { 0xa0, "MMRS",     AT(mmrs), WORD, .count = 7 },
    { 0xc0, "PMJAD",    AT(pmjad), WORD, .count = 2 },
    { 0xc8, "RBC",      AT(rbc), WORD },
    { 0xcc, "UA",       AT(ua), WORD },
    { 0xd0, "ESA",      AT(esa), WORD },
    { 0xd4, "IA",       AT(ia), WORD },
    { 0xd8, "SBC",      AT(sbc) },
    { 0xdc, "CSBC",     AT(csbc), WORD },
};

/* --- Making one --------------------------------------------------------------------------------- */

static bool lsi_realize(Device *dev, GError **err)
{
    Lsi *s = LSI(dev);
    timer_init(&s->again, CLOCK_VIRTUAL, run_again, s);
    timer_init(&s->gen, CLOCK_VIRTUAL, gen_expired, s);
    memory_container_init(&s->bar_mmio, "lsi.mmio", 1024);
    memory_alias_init(&s->mmio_alias, "lsi.regs", device_region(dev, 0), 0, 256);
    memory_add(&s->bar_mmio, 0, &s->mmio_alias, 0);
    memory_alias_init(&s->bar_io, "lsi.io", device_region(dev, 0), 0, 256);
    scsi_bus_init(&s->bus, dev);
    pci_init(&s->pci, dev, &(PciId){ 0x1000, 0x0012, 0x010000, .pin = 1,
                                     .subsystem_vendor = 0x1000, .subsystem = 0x1000 });
    pci_add_bar(&s->pci, 0, &s->bar_io, PCI_BAR_IO);
    pci_add_bar(&s->pci, 1, &s->bar_mmio, PCI_BAR_MEMORY);
    pci_add_bar(&s->pci, 2, device_region(dev, 1), PCI_BAR_MEMORY);
    if (!pci_attach(&s->pci, err)) {
        scsi_bus_free(&s->bus);
        return false;
    }
    return true;
}

static void lsi_unrealize(Device *dev)
{
    Lsi *s = LSI(dev);
    pci_detach(&s->pci);
    scsi_bus_free(&s->bus);
    memory_region_free(&s->mmio_alias);
    memory_region_free(&s->bar_mmio);
    memory_region_free(&s->bar_io);
}

static void lsi_reset(Device *dev)
{
    pci_reset(&LSI(dev)->pci);
}

static bool lsi_loaded(Device *dev, GError **err)
{
    Lsi *s = LSI(dev);
    if (!scsi_request_valid(&s->req) || s->message_len > sizeof(s->message) ||
        s->message_pos > s->message_len || s->target >= SCSI_MAX_TARGETS) {
        return fail(err, EMU_ERROR_DATA, "%s: impossible state of the SCSI bus", dev->id);
    }
    pci_loaded(&s->pci);
    return true;
}

const DeviceClass lsi53c895a = {
    .name      = "lsi53c895a", .about = "LSI53C895A PCI SCSI adapter", .bus = "pci",
    .size      = sizeof(Lsi),
    .regs      = WINDOWS(REG_WINDOW("regs", lsi_regs, 0x100, 0), RAM_WINDOW("ram", RAM_BYTES)),
    .props     = PROPS(PCI_PROPS(Lsi, pci)),
    .state     = STATE(PCI_STATE(Lsi, pci), SCSI_REQUEST_STATE(Lsi, req),
                       STATE_TIMER(Lsi, again), STATE_TIMER(Lsi, gen),
                       STATE_BOOL(Lsi, running), STATE_BOOL(Lsi, waiting), STATE_BOOL(Lsi, carry),
                       STATE_BOOL(Lsi, atn), STATE_BOOL(Lsi, ack), STATE_BOOL(Lsi, connected),
                       STATE_BOOL(Lsi, timeout), STATE_U32(Lsi, alternate),
                       STATE_U8(Lsi, target), STATE_U8(Lsi, lun), STATE_U8(Lsi, phase),
                       STATE_U8(Lsi, next_phase), STATE_ARRAY(U8, Lsi, message),
                       STATE_U8(Lsi, message_len), STATE_U8(Lsi, message_pos),
                       STATE_BOOL(Lsi, last_message)),
    .realize   = lsi_realize,
    .reset     = lsi_reset,
    .unrealize = lsi_unrealize,
    .loaded    = lsi_loaded,
};

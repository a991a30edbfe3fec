/* SPDX-License-Identifier: MIT */
/*
 * 82540EM: sending.  Implements: PCI/PCI-X Family of Gigabit Ethernet Controllers Software Developer's
 * Manual (317453), 3.3 (transmission) and 3.5 (segmentation).
 *
 *     legacy      address, length, CSO, CMD, STA, CSS, special        CMD.DEXT clear
 *     context     where checksums are; header and segment sizes       DEXT, DTYP 0
 *     data        address, length, DCMD, STA, POPTS, special          DEXT, DTYP 1
 *
 * A packet to be segmented is cut while its data come: each full segment is sent with a copy of the
 * header, changed as 3.5.9 says.
 */
#include "hw/net/e1000.h"

enum { CMD_EOP = 0x01, CMD_IFCS = 0x02, CMD_IC = 0x04, CMD_RS = 0x08, CMD_RPS = 0x10, CMD_DEXT = 0x20,
       CMD_VLE = 0x40 };
enum { CMD_TSE = 0x04 };                /* IC's place in extended descriptors */
enum { TUCMD_TCP = 0x01, TUCMD_IP = 0x02, TUCMD_TSE = 0x04 };
enum { POPTS_IP = 0x01, POPTS_TU = 0x02 };
enum { DD = 0x01, SLICE = 256, MIN_WIRE = 60, FCS = 4 };
enum { TCP_FIN = 0x01, TCP_PSH = 0x08 };

static unsigned n_descriptors(const E1000 *s)
{
    return s->tdlen / E1000_DESC;
}

/* --- Checksums -------------------------------------------------------------------------------- */

/* From css to cse (0: the end), put at cso.  What is there now is part of the sum. */
static void insert_checksum(uint8_t *p, unsigned len, unsigned css, unsigned cso, unsigned cse)
{
    unsigned end = cse && cse < len ? cse + 1 : len;
    if (css < end && cso + 2 <= len) {
        st_be16(p + cso, ~e1000_sum(0, p + css, end - css));
    }
}

static void insert_checksums(E1000 *s, const E1000Context *c)
{
    if ((s->tx_popts & POPTS_IP) && c->ipcso + 2u <= s->tx_len) {
        st_be16(s->tx + c->ipcso, 0);
        insert_checksum(s->tx, s->tx_len, c->ipcss, c->ipcso, c->ipcse);
    }
    if (s->tx_popts & POPTS_TU) {
        insert_checksum(s->tx, s->tx_len, c->tucss, c->tucso, c->tucse);
    }
}

/* --- Frames ----------------------------------------------------------------------------------- */

static void count(E1000 *s, const uint8_t *frame, unsigned len)
{
    bool group = frame[0] & 1, broadcast = ld_le32(frame) == UINT32_MAX && ld_le16(frame + 4) == 0xffff;
    e1000_count(s, STAT_GPTC, 1);
    e1000_count(s, STAT_TPT, 1);
    e1000_count(s, broadcast ? STAT_BPTC : STAT_MPTC, group);
    e1000_count_bytes(s, STAT_GOTC, len);
    e1000_count_bytes(s, STAT_TOT, len);
    e1000_count_size(s, STAT_PTC64, len);
}

/* Onto the wire, with a VLAN tag if there is to be one. */
static void send_frame(E1000 *s, const uint8_t *frame, unsigned len)
{
    uint8_t wire[E1000_FRAME + 8];
    if (len < NET_MIN_FRAME) {
        return;
    }
    memcpy(wire, frame, len);
    if (s->tx_vlan && (s->ctrl & CTRL_VME)) {
        memmove(wire + 16, wire + 12, len - 12);
        st_be16(wire + 12, s->vet);
        st_be16(wire + 14, s->tx_tag);
        len += 4;
    }
    if (len < MIN_WIRE && (s->tctl & TCTL_PSP)) {
        memset(wire + len, 0, MIN_WIRE - len);
        len = MIN_WIRE;
    }
    count(s, wire, len + FCS);
    if (s->phy[0] & PHY_LOOPBACK) {
        e1000_receive(s, wire, len);
    } else {
        net_send(s->port, wire, len);
    }
}

/* --- Segments --------------------------------------------------------------------------------- */

static void add16(uint8_t *p, unsigned v)
{
    st_be16(p, ld_be16(p) + v);
}

/* The header of this segment: lengths, identification, sequence number, flags (3.5.9). */
static void adapt_header(E1000 *s, const E1000Context *c, bool last)
{
    uint8_t *ip = s->tx + c->ipcss, *l4 = s->tx + c->tucss;
    unsigned ip_len = s->tx_len - c->ipcss, l4_len = s->tx_len - c->tucss;
    if (c->tucmd & TUCMD_IP) {
        st_be16(ip + 2, ip_len);
        add16(ip + 4, s->tx_segments);
    } else {
        st_be16(ip + 4, ip_len - 40);
    }
    if (c->tucmd & TUCMD_TCP) {
        st_be32(l4 + 4, ld_be32(l4 + 4) + s->tx_segments * c->mss);
        l4[13] &= last ? 0xff : (uint8_t)~(TCP_FIN | TCP_PSH);
    } else {
        st_be16(l4 + 4, l4_len);
    }
    if ((s->tx_popts & POPTS_TU) && c->tucso + 2u <= s->tx_len) {       /* the pseudo header's length */
        uint8_t len[2];
        st_be16(len, l4_len);
        st_be16(s->tx + c->tucso, e1000_sum(ld_be16(s->tx + c->tucso), len, 2));
    }
}

/* Do the fields that change lie in the header, and does a segment fit? */
static bool context_sane(const E1000Context *c)
{
    return c->hdrlen >= c->ipcss + 20u && c->hdrlen >= c->tucss + (c->tucmd & TUCMD_TCP ? 20u : 8u) &&
           c->tucss >= c->ipcss && c->mss && c->hdrlen + c->mss <= E1000_FRAME;
}

static void send_segment(E1000 *s, bool last)
{
    const E1000Context *c = &s->context[1];
    uint8_t header[256];
    memcpy(header, s->tx, c->hdrlen);
    adapt_header(s, c, last);
    insert_checksums(s, c);
    send_frame(s, s->tx, s->tx_len);
    memcpy(s->tx, header, c->hdrlen);
    s->tx_len = c->hdrlen;
    s->tx_segments++;
}

/* Data of a packet to be segmented. */
static void add_segmented(E1000 *s, GPa addr, unsigned len)
{
    const E1000Context *c = &s->context[1];
    while (len) {
        unsigned full = s->tx_len < c->hdrlen ? c->hdrlen : c->hdrlen + c->mss;
        unsigned n = MIN(len, full - s->tx_len);
        pci_dma_read(&s->pci, addr, s->tx + s->tx_len, n);
        s->tx_left -= s->tx_len >= c->hdrlen ? MIN(n, s->tx_left) : 0;
        s->tx_len += n;
        addr += n;
        len -= n;
        if (s->tx_len == c->hdrlen + c->mss && s->tx_left) {
            send_segment(s, false);     /* the last one waits for the end of the packet */
        } else if (s->tx_len == c->hdrlen + c->mss && len) {
            break;                      /* more than PAYLEN said */
        }
    }
}

static void add_plain(E1000 *s, GPa addr, unsigned len)
{
    unsigned n = MIN(len, E1000_FRAME - s->tx_len);
    pci_dma_read(&s->pci, addr, s->tx + s->tx_len, n);
    s->tx_len += n;
}

/* --- Descriptors ------------------------------------------------------------------------------ */

static void set_context(E1000 *s, const uint8_t *d)
{
    uint32_t dw2 = ld_le32(d + 8);
    bool segmentation = dw2 >> 24 & TUCMD_TSE;
    if (s->tx_open) {
        log_guest(&s->dev, "a context in the middle of a packet, which is lost");
        s->tx_open = false;
    }
    s->context[segmentation] = (E1000Context){
        .ipcss = d[0], .ipcso = d[1], .ipcse = ld_le16(d + 2),
        .tucss = d[4], .tucso = d[5], .tucse = ld_le16(d + 6),
        .paylen = dw2 & 0xfffff, .tucmd = dw2 >> 24, .hdrlen = d[13], .mss = ld_le16(d + 14),
    };
}

/* The first descriptor of a packet says what is to be done with it. */
static void open_packet(E1000 *s, const uint8_t *d, uint8_t cmd)
{
    s->tx_open = true;
    s->tx_len = 0;
    s->tx_segments = 0;
    s->tx_popts = cmd & CMD_DEXT ? d[13] : 0;
    s->tx_segmented = (cmd & CMD_DEXT) && (cmd & CMD_TSE);
    s->tx_left = s->context[1].paylen;
}

static void close_packet(E1000 *s, const uint8_t *d, uint8_t cmd)
{
    s->tx_vlan = cmd & CMD_VLE;
    s->tx_tag = ld_le16(d + 14);
    s->tx_open = false;
    if (s->tx_segmented) {
        const E1000Context *c = &s->context[1];
        if (context_sane(c) && s->tx_len > c->hdrlen) {
            send_segment(s, true);
            e1000_count(s, STAT_TSCTC, 1);
        }
        return;
    }
    if (cmd & CMD_DEXT) {
        insert_checksums(s, &s->context[0]);
    } else if (cmd & CMD_IC) {
        insert_checksum(s->tx, s->tx_len, d[13], d[10], 0);
    }
    bool own_fcs = !(cmd & CMD_IFCS);   /* software has put the checksum there */
    send_frame(s, s->tx, s->tx_len - (own_fcs ? MIN(FCS, s->tx_len) : 0));
}

static void take(E1000 *s, const uint8_t *d)
{
    uint32_t dw2 = ld_le32(d + 8);
    uint8_t cmd = dw2 >> 24;
    unsigned len = cmd & CMD_DEXT ? dw2 & 0xfffff : dw2 & 0xffff;
    if ((cmd & CMD_DEXT) && (dw2 >> 20 & 15) == 0) {
        set_context(s, d);
        return;
    }
    if (!s->tx_open) {
        open_packet(s, d, cmd);
    }
    if (!s->tx_segmented) {
        add_plain(s, ld_le64(d), len);
    } else if (context_sane(&s->context[1])) {
        add_segmented(s, ld_le64(d), len);
    } else {
        log_guest(&s->dev, "segmentation without a sensible context");
    }
    if (cmd & CMD_EOP) {
        close_packet(s, d, cmd);
    }
}

/* One from the ring; the causes of interrupt that come of it. */
static uint32_t next_descriptor(E1000 *s)
{
    uint8_t d[E1000_DESC];
    GPa at = ((uint64_t)s->tdbah << 32 | s->tdbal) + (GPa)s->tdh * E1000_DESC;
    uint32_t causes = 0;
    pci_dma_read(&s->pci, at, d, sizeof(d));
    take(s, d);
    if (d[11] & (CMD_RS | CMD_RPS)) {
        d[12] |= DD;
        pci_dma_write(&s->pci, at + 12, d + 12, 1);
        causes = ICR_TXDW;
    }
    s->tdh = s->tdh + 1 >= n_descriptors(s) ? 0 : s->tdh + 1;
    return causes;
}

/* TXDCTL.LWTHRESH, in units of 8 descriptors. */
static bool running_low(const E1000 *s)
{
    unsigned n = n_descriptors(s), low = (s->txdctl >> 25) * 8;
    return low && n && (s->tdt + n - s->tdh) % n <= low;
}

void e1000_transmit(E1000 *s)
{
    uint32_t causes = 0;
    unsigned n = 0;
    if (s->busy || !(s->tctl & TCTL_EN)) {
        return;
    }
    s->busy = true;
    while (s->tdh != s->tdt && (s->tctl & TCTL_EN)) {
        if (s->tdh >= n_descriptors(s) || s->tdt >= n_descriptors(s)) {
            log_guest(&s->dev, "the transmit ring's head or tail is not in it");
            break;
        }
        if (n++ == SLICE) {             /* others have their turn */
            timer_set(&s->more, clock_now(CLOCK_VIRTUAL) + 1);
            break;
        }
        causes |= next_descriptor(s);
    }
    s->busy = false;
    if (n) {
        causes |= s->tdh == s->tdt ? ICR_TXQE : 0;
        causes |= running_low(s) ? ICR_TXD_LOW : 0;
        e1000_cause(s, causes);
    }
}

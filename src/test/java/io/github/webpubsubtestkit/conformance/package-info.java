/**
 * The conformance cases of the protocol sheets, driven over real sockets by a client that shares no
 * code with the kit: {@link io.github.webpubsubtestkit.conformance.WireClient} speaks RFC 6455 by
 * itself, {@link io.github.webpubsubtestkit.conformance.RestDriver} speaks HTTP/1.1, {@link
 * io.github.webpubsubtestkit.conformance.TestTokens} signs tokens by hand.
 *
 * <p>Each test carries the number of its case at the start of its display name, so that a build log
 * can be laid beside the sheet.
 */
@NullMarked
package io.github.webpubsubtestkit.conformance;

import org.jspecify.annotations.NullMarked;

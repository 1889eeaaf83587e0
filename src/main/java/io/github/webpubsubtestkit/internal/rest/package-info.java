/**
 * The data-plane REST API: one table of routes ({@link
 * io.github.webpubsubtestkit.internal.rest.Routes}), one order in which a call is examined ({@link
 * io.github.webpubsubtestkit.internal.rest.RestApi}), and the reading of names, queries, bodies and
 * headers as the service reads them (rest-api).
 */
@NullMarked
package io.github.webpubsubtestkit.internal.rest;

import org.jspecify.annotations.NullMarked;

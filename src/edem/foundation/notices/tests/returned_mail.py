"""Returned mail as real mail systems write it; {to} is where the letter came from, {who} whom it did not reach."""

DSN = """\
Return-Path: <>
Delivered-To: {to}
From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="7F6.1/mx"

--7F6.1/mx
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.com.

<{who}>: host mail.example.com said: {status} the reason

--7F6.1/mx
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com
X-Postfix-Queue-ID: 7F6

Final-Recipient: rfc822; {who}
Original-Recipient: rfc822;{who}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {status} the reason

--7F6.1/mx
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Subject: something

--7F6.1/mx--
"""

EXIM = """\
Return-path: <>
Envelope-to: {to}
X-Failed-Recipients: {who}
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@example.com>
To: {to}
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {who}
    No such user here
"""

QMAIL = """\
Return-Path: <>
Delivered-To: {to}
From: MAILER-DAEMON@example.com
To: {to}
Subject: failure notice

Hi. This is the qmail-send program at example.com.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{who}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.
"""

OUT_OF_OFFICE = """\
Delivered-To: {to}
From: Olena <{who}>
To: {to}
Auto-Submitted: auto-replied
X-Autoreply: yes
Subject: =?utf-8?b?0JLRltC00L/Rg9GB0YLQutCw?=
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Я у відпустці до понеділка. Пишіть моїй колезі.
"""

BROKEN = """\
Delivered-To: {to}
Content-Type: multipart/report; report-type=delivery-status; boundary="never-closed
Content-Transfer-Encoding: base64
Subject: =?utf-8?b?broken
MIME-Version: 1.0

--never-closed
Content-Type: message/delivery-status
\x00\xff\xfe
"""

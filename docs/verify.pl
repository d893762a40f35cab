#!/usr/bin/env perl
# Verifies a store without the program that wrote it:  perl verify.pl STORE [N:HASH ...]
# What is checked, and why, stands in store-format.md. Needs Perl 5.14 and nothing else. Exit 1: something is wrong.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use JSON::PP qw(decode_json);

my ($store, @heads) = @ARGV;
die "usage: perl verify.pl STORE [N:HASH ...]\n" unless defined $store;
my %noted = map { /^(\d+):([0-9a-f]{32,64})$/ ? ($1 => $2) : die "$_: not N:HASH\n" } @heads;
my ($n, $before, $flaws, %referred) = (0, "0" x 64, 0);

sub wrong { print @_, "\n"; $flaws++ }

open my $journal, "<:raw", "$store/journal.jsonl" or die "$store/journal.jsonl: $!\n";
while (my $line = <$journal>) {
    my $ended = $line =~ s/\n\z//;
    unless ($line =~ /,"h":".{64}"\}\z/s or $line =~ /,"prev":".{64}.{73,74}\z/s) {
        print "line $.: a fragment, which does not count\n";
        next;
    }
    my ($body, $n_here, $prev, $h) = $line =~ /\A((?:\{"n":(\d+),.*),"prev":"([0-9a-f]{64})"),"h":"([0-9a-f]{64})"\}\z/s;
    unless ($h and sha256_hex("$body}") eq $h) {
        wrong("line $.: its hash does not match");
        ($n, $before) = ($n + 1, "");
        next;
    }
    wrong("line $.: n is $n_here after $n") if $n_here != $n + 1;
    wrong("line $.: it does not continue the line before") if $before and $prev ne $before;
    unless ($ended) { print "line $.: its newline is missing, so it does not count\n"; next }
    ($n, $before) = ($n_here, $h);
    my $noted = delete $noted{$n};
    wrong("line $.: n $n has not the hash that was noted") if defined $noted and index($h, $noted) != 0;
    $referred{$_} //= $n for $line =~ /"digest":"([0-9a-f]{64})"/g;
    next unless $line =~ /\["checklists",/;
    for my $op (grep { $_->[0] eq "checklists" } @{ decode_json($line)->{ops} }) {
        my $text = $op->[2]{text} or next;
        utf8::encode(my $bytes = $text->[1]);
        wrong("line $.: checklist $op->[1] is not the text of that hash") if sha256_hex($bytes) ne $op->[1];
    }
}
wrong("n $_, which was noted, is not there") for sort { $a <=> $b } keys %noted;

if (opendir my $evidence, "$store/evidence") {
    $referred{$_} //= 0 for grep { /^[0-9a-f]{64}$/ } readdir $evidence;
}
for my $digest (sort keys %referred) {
    my $sha = Digest::SHA->new(256);
    my $found = eval { $sha->addfile("$store/evidence/$digest", "b"); $sha->hexdigest };
    wrong("evidence/$digest: ", defined $found ? "not what was kept" : "missing") if ($found // "") ne $digest;
}
print "head $n:", $before || "unknown", "; ", scalar(keys %referred), " attached files; wrong: $flaws\n";
exit($flaws ? 1 : 0);

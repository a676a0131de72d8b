package openflow

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var groupCases = []string{
	"group_id=20,type=select",
	"group_id=21,type=all,bucket=actions=output:1,bucket=bucket_id:7,actions=drop,bucket=2",
	"group_id=22,type=indirect,bucket=output:1",
	"group_id=23,type=select,bucket=bucket_id:0,weight:100,actions=ct(nat(dst=1.2.3.4:80),commit,table=5),resubmit(,3)",
	"group_id=24,type=select,selection_method=dp_hash,bucket=bucket_id=0,weight:100,actions=ct(commit,table=20,nat(dst=10.0.0.3:8000),exec(load:1->ct_mark[1])),bucket=bucket_id=1,weight=50,actions=resubmit(,20)",
	"group_id=25,type=select,selection_method=hash,fields(ip_src,ip_dst=255.255.0.0,tcp_src),bucket=weight:0,actions=2,bucket=3",
	"group_id=26,type=select,selection_method=hash,selection_method_param=5,fields=eth_src,bucket=1",
	"group_id=27,type=select,selection_method=hash,selection_method_param=7,bucket=1",
	"group_id=28,type=ff,bucket=watch_port:1,actions=output:1,bucket=watch_group:20,actions=2,bucket=bucket_id:7,watch_port=2,watch_group=20,actions=drop",
	"group_id=4294967040,type=select,bucket=bucket_id=5,set_field:5->reg0,set_field:1->xxreg1,output:2",
	"type=select,group_id=29,bucket=weight:65535,actions=load:1->NXM_NX_REG15[],resubmit(,38)",
}

func TestGroupsAreAsOfctlHasThem(t *testing.T) {
	s := startSwitch(t)
	c := s.record()
	var groups []*Group
	for _, text := range groupCases {
		sent, out := s.sent(c, TypeGroupMod, "add-group", text)
		require.Len(t, sent, 1, "%s: %s", text, out)
		g, err := ParseGroup(text)
		require.NoError(t, err)
		groups = append(groups, g)
		requireSame(t, sent[0], GroupMod{Group: g, Bucket: BucketAll})
		back, err := DecodeGroupMod(sent[0])
		require.NoError(t, err)
		require.Equal(t, g, back.Group)
		again, err := ParseGroup(g.String())
		require.NoError(t, err)
		require.Equal(t, g, again)
		_, without, _ := strings.Cut(g.String(), ",")
		again, err = ParseGroup(without)
		require.NoError(t, err)
		again.ID = g.ID
		require.Equal(t, g, again)
	}
	compareGroups(t, s, groups)

	changed, err := ParseGroup("group_id=21,type=all,bucket=2")
	require.NoError(t, err)
	sent, _ := s.sent(c, TypeGroupMod, "mod-group", changed.String())
	requireSame(t, sent[0], GroupMod{Command: GroupModify, Group: changed, Bucket: BucketAll})
	inserted, err := ParseGroup("group_id=21,type=all,bucket=bucket_id=9,actions=output:1")
	require.NoError(t, err)
	sent, _ = s.sent(c, TypeGroupMod, "insert-buckets",
		"group_id=21,command_bucket_id=last,bucket=bucket_id=9,actions=output:1")
	requireSame(t, sent[0], GroupMod{Command: GroupInsertBucket, Group: inserted, Bucket: BucketLast})
	sent, _ = s.sent(c, TypeGroupMod, "remove-buckets", "group_id=21,command_bucket_id=first")
	requireSame(t, sent[0], GroupMod{Command: GroupRemoveBucket, Group: &Group{ID: 21},
		Bucket: BucketFirst})
	sent, _ = s.sent(c, TypeGroupMod, "del-groups")
	requireSame(t, sent[0], DeleteAllGroups())

	p := s.speak()
	for _, g := range groups {
		p.send(GroupMod{Group: g, Bucket: BucketAll})
	}
	p.settle()
	compareGroups(t, s, groups)
}

// compareGroups checks that a switch has the groups, by its dump and by its answer.
func compareGroups(t *testing.T, s *testSwitch, groups []*Group) {
	t.Helper()
	var expected, answered []string
	for _, g := range groups {
		expected = append(expected, g.String())
	}
	require.ElementsMatch(t, s.dump("dump-groups"), expected)
	for _, body := range s.speak().ask(GroupsRequest{ID: AllGroups}) {
		list, err := DecodeGroups(body)
		require.NoError(t, err)
		for i := range list {
			answered = append(answered, list[i].String())
		}
	}
	require.ElementsMatch(t, expected, answered)
}
